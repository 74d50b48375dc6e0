package io.github.ocigc.store;

import io.github.ocigc.oci.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds the few entries of an {@code index.json} that name a digest without passing the others: the
 * digest is sought as text, and from there the entry around it. That holds only where the array of
 * the entries is the only one and no text has escapes, as nearly everywhere; the file is looked
 * through for brackets and backslashes first, which costs a third of passing each entry. Only for
 * bytes that are known to be an image index.
 */
final class IndexSearch {
  /** More digests are found sooner by passing all entries once. */
  static final int MOST_DIGESTS = 4;

  private static final byte[] MANIFESTS = "\"manifests\"".getBytes(StandardCharsets.US_ASCII);

  private final byte[] bytes;

  /** Of the array's brackets. */
  private int open = -1;

  private int close = -1;

  private IndexSearch(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The index, in which what stands between two entries with one of these digests is one entry
   * without texts. Empty if the file is not as plain as that.
   */
  static Optional<IndexJson> find(byte[] bytes, Set<Digest> digests) throws IOException {
    IndexSearch search = new IndexSearch(bytes);
    return digests.size() <= MOST_DIGESTS && search.isPlain()
        ? search.find(digests)
        : Optional.empty();
  }

  /** Looks for the brackets; false if there are others, or a backslash, or another array's. */
  private boolean isPlain() {
    int end;
    for (int start = 0; start < bytes.length; start = end) {
      end = Math.min(bytes.length, start + TextSearch.stride(start));
      for (int at = unusual(start, end); at < end; at = unusual(at + 1, end)) {
        if (bytes[at] == '[' && open < 0) {
          open = at;
        } else if (bytes[at] == ']' && open >= 0 && close < 0) {
          close = at;
        } else {
          return false;
        }
      }
    }
    return close >= 0 && isManifests();
  }

  /** The next bracket or backslash: they follow each other in ASCII, and nothing else is sought. */
  private int unusual(int start, int end) {
    byte[] all = bytes; // a field would be read for each byte
    int place = start;
    while (place + 8 <= end
        && (below(all[place])
                | below(all[place + 1])
                | below(all[place + 2])
                | below(all[place + 3])
                | below(all[place + 4])
                | below(all[place + 5])
                | below(all[place + 6])
                | below(all[place + 7]))
            >= 0) {
      place += 8; // with one branch for eight bytes the quick compiler is three times as fast
    }
    while (place < end && (all[place] < '[' || all[place] > ']')) {
      place++;
    }
    return place;
  }

  /** Negative for a bracket, a backslash and the caret after them, and for nothing else. */
  private static int below(byte b) {
    return (b - '[' & 0xfc) - 1;
  }

  /** True if the bracket stands outside of all texts, and is the value of the index's member. */
  private boolean isManifests() {
    int depth = 0;
    int name = -1;
    for (int at = 0; at < open; at++) {
      if (bytes[at] == '"') {
        name = at;
        at = endOfText(at);
      } else if (bytes[at] == '{' || bytes[at] == '}') {
        depth += bytes[at] == '{' ? 1 : -1;
      }
    }
    int end = name + MANIFESTS.length;
    return depth == 1
        && name >= 0
        && end <= open
        && Arrays.equals(bytes, name, end, MANIFESTS, 0, MANIFESTS.length);
  }

  /** The quote that closes the text which this one opens. */
  private int endOfText(int quote) {
    int place = quote + 1;
    while (place < bytes.length && bytes[place] != '"') {
      place++;
    }
    return place;
  }

  private Optional<IndexJson> find(Set<Digest> digests) throws IOException {
    int first = pastBlanks(open + 1);
    SortedMap<Integer, IndexJson.Entry> named = new TreeMap<>();
    if (first < close) {
      named.put(first, IndexJson.entryFrom(bytes, first, close)); // tells how entries are parted
    }
    for (Digest digest : digests) {
      TextSearch text = new TextSearch(bytes, "\"" + digest + "\"");
      for (int at = text.next(first, close); at < close; at = text.next(at + 1, close)) {
        int from = startOfEntry(at);
        named.put(from, IndexJson.entryFrom(bytes, from, close));
      }
    }
    List<IndexJson.Entry> all = withRest(named.values(), first);
    return all.stream().allMatch(this::isInBraces)
        ? Optional.of(new IndexJson(bytes, all, open, close + 1, ""))
        : Optional.empty();
  }

  /**
   * Where the entry begins that has a text, by the text's first quote. Going back from there,
   * quotes close and open texts in turn: none is escaped.
   */
  private int startOfEntry(int quote) {
    int depth = 0;
    int place = quote - 1;
    while (depth > 0 || bytes[place] != '{' || !isElement(place)) {
      if (bytes[place] == '"') {
        do {
          place--;
        } while (bytes[place] != '"');
      } else if (bytes[place] == '}') {
        depth++;
      } else if (bytes[place] == '{' && depth > 0) {
        depth--;
      }
      place--;
    }
    return place;
  }

  /** True of a brace that opens an element of the array and not the value of a member. */
  private boolean isElement(int brace) {
    int before = beforeBlanks(brace);
    return bytes[before] == ',' || before == open;
  }

  /** With one entry, without texts, for all that stand between two of these. */
  private List<IndexJson.Entry> withRest(Collection<IndexJson.Entry> named, int first) {
    List<IndexJson.Entry> all = new ArrayList<>();
    int next = first;
    for (IndexJson.Entry entry : named) {
      addRest(all, next, entry.from());
      all.add(entry);
      next = pastBlanks(entry.to());
      next = bytes[next] == ',' ? pastBlanks(next + 1) : close;
    }
    addRest(all, next, close);
    return List.copyOf(all);
  }

  /** {@code end}: the next entry that is named, or the array's bracket. */
  private void addRest(List<IndexJson.Entry> all, int from, int end) {
    if (from < end) {
      int last = beforeBlanks(end);
      int brace = end == close ? last : beforeBlanks(last); // before a comma
      all.add(new IndexJson.Entry(from, brace + 1, "", "", ""));
    }
  }

  private boolean isInBraces(IndexJson.Entry entry) {
    return bytes[entry.from()] == '{' && bytes[entry.to() - 1] == '}';
  }

  private int pastBlanks(int start) {
    int place = start;
    while (bytes[place] <= ' ') {
      place++;
    }
    return place;
  }

  private int beforeBlanks(int end) {
    int place = end - 1;
    while (bytes[place] <= ' ') {
      place--;
    }
    return place;
  }
}
