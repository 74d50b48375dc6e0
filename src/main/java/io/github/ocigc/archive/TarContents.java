package io.github.ocigc.archive;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a tar holds: every entry's place, and of a compressed one the small JSON documents
 * themselves, because there a second look costs a decompression. Memory is bounded by {@link
 * #NAMES_BYTES} and {@link #DOCUMENTS_BYTES}, whatever the tar says.
 *
 * <p>Of two entries with one name the first counts. Where that could matter, {@link #only} refuses.
 */
final class TarContents {
  /** About 400,000 entries. */
  private static final long NAMES_BYTES = 128 << 20;

  private static final long ENTRY_BYTES = 256;
  private static final long DOCUMENTS_BYTES = 64 << 20;

  private final ArchiveFile file;
  private final long documentLimitBytes;
  private final Map<String, TarEntry> entries = new LinkedHashMap<>();
  private final Set<String> repeated = new HashSet<>();
  private final Map<Long, byte[]> documents = new HashMap<>();
  private long names;
  private long kept;

  private TarContents(ArchiveFile file, long documentLimitBytes) {
    this.file = file;
    this.documentLimitBytes = documentLimitBytes;
  }

  static TarContents of(ArchiveFile file, long documentLimitBytes) {
    TarContents contents = new TarContents(file, documentLimitBytes);
    TarWalk.over(file, contents::take);
    return contents;
  }

  private void take(TarEntry entry, ForwardStream bytes) throws IOException {
    names += ENTRY_BYTES + entry.name().length() + entry.link().length();
    if (names > NAMES_BYTES) {
      throw Trouble.unusable(
          file.shown(), "has more entries than any archive of images: " + entries.size());
    }
    if (entries.putIfAbsent(entry.name(), entry) != null) {
      repeated.add(entry.name());
    } else if (file.compression() != Compression.NONE && entry.kind() == TarEntry.Kind.FILE) {
      keep(entry, bytes);
    }
  }

  private void keep(TarEntry entry, ForwardStream bytes) throws IOException {
    if (entry.size() == 0
        || entry.size() > documentLimitBytes
        || kept + entry.size() > DOCUMENTS_BYTES) {
      return;
    }
    int first = bytes.read();
    if (first != '{' && first != '[') {
      return;
    }
    byte[] document = new byte[(int) entry.size()];
    document[0] = (byte) first;
    if (bytes.readNBytes(document, 1, document.length - 1) == document.length - 1) {
      documents.put(entry.offset(), document);
      kept += document.length;
    }
  }

  ArchiveFile file() {
    return file;
  }

  Map<String, TarEntry> entries() {
    return entries;
  }

  /** The entry of that name, if there is one; more than one is refused. */
  Optional<TarEntry> only(String name) {
    if (repeated.contains(name)) {
      throw Trouble.damaged(
          file.shown(), "it has " + Trouble.quoted(name) + " more than once, so what counts?");
    }
    return Optional.ofNullable(entries.get(name));
  }

  /** The bytes of a document; one that is longer than the limit is refused. */
  byte[] document(String name, Extent extent) {
    if (extent.size() > documentLimitBytes) {
      throw Trouble.damaged(
          file.shown(),
          Trouble.quoted(name)
              + " in it has "
              + extent.size()
              + " bytes; documents are read up to "
              + documentLimitBytes
              + " (--max-manifest)");
    }
    byte[] known = documents.get(extent.offset());
    if (known != null && known.length == extent.size()) {
      return known;
    }
    try (ForwardStream in = file.open()) {
      in.skipTo(extent.offset());
      byte[] bytes = in.readNBytes((int) extent.size());
      if (bytes.length < extent.size()) {
        throw new java.io.EOFException();
      }
      return bytes;
    } catch (IOException e) {
      throw Trouble.unreadable(file.shown(), e);
    }
  }
}
