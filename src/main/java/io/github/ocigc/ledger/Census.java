package io.github.ocigc.ledger;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Document;
import io.github.ocigc.oci.Form;
import io.github.ocigc.oci.Lease;
import io.github.ocigc.oci.Link;
import io.github.ocigc.oci.Role;
import io.github.ocigc.oci.Root;
import io.github.ocigc.oci.Size;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A whole store as its disk has it: every blob, every link of every document, every root. Filled in
 * by {@link #add} and {@link #addRoot}; {@link #count} then tells what is held. Some 100 bytes a
 * blob and 20 a link. Not safe for use by several threads.
 */
@SuppressWarnings("EnumOrdinal") // a byte in memory, never stored
public final class Census {
  private static final Form[] FORMS = Form.values();
  private static final Role[] ROLES = Role.values();

  final DigestTable digests = new DigestTable();
  private long[] sizes = new long[1 << 10];
  private long[] allocated = new long[1 << 10];
  private byte[] forms = new byte[1 << 10];
  private final Ints firstLink = new Ints();
  private final Ints linkCount = new Ints();
  final Ints linkHeld = new Ints();
  private final Ints linkRole = new Ints();
  private final Ints linkPosition = new Ints();
  private final Ints linkWords = new Ints();
  private final List<LinkWords> words = new ArrayList<>();
  private final Map<LinkWords, Integer> wordNumbers = new HashMap<>();
  private int lastWords = -1;
  private final Map<Integer, Integer> subjects = new HashMap<>();
  private final Map<Integer, Ints> referrers = new HashMap<>();
  private final Map<Integer, String> created = new HashMap<>();
  final List<Root> roots = new ArrayList<>();
  final List<Lease> leases = new ArrayList<>();
  private final SortedSet<String> strays = new TreeSet<>();

  /** What a link says in words; many links say the same. */
  record LinkWords(String mediaType, String platform) {
    boolean areOf(Link link) {
      return mediaType.equals(link.mediaType()) && platform.equals(link.platform());
    }
  }

  /** A descriptor's size and the file's differ. */
  public record SizeDoubt(Digest holder, Digest held, long saidBytes, long fileBytes) {}

  private record SaidSize(int holder, int held, long bytes) {}

  private final List<SaidSize> doubts = new ArrayList<>();
  private final List<SaidSize> unchecked = new ArrayList<>();

  /** Takes in one file. Each digest once. */
  public void add(Digest digest, Form form, Size size, Optional<Document> document) {
    int number = number(digest);
    sizes[number] = size.bytes();
    allocated[number] = size.allocatedBytes();
    forms[number] = (byte) form.ordinal();
    document.ifPresent(doc -> addLinks(number, doc));
  }

  public void addRoot(Root root) {
    number(root.digest());
    roots.add(root);
  }

  /** A transfer that is under way: holds what it names, be it here or not. */
  public void addLease(Lease lease) {
    lease.digests().forEach(this::number);
    leases.add(lease);
  }

  /** What lies among the blobs and is none by its name; as {@link LedgerView#strays} has it. */
  public void addStray(String path) {
    strays.add(path);
  }

  /** In the order of their texts. */
  public List<String> strays() {
    return List.copyOf(strays);
  }

  private int number(Digest digest) {
    int number = digests.number(digest);
    if (number >= sizes.length) {
      sizes = Arrays.copyOf(sizes, sizes.length * 2);
      allocated = Arrays.copyOf(allocated, sizes.length);
      forms = Arrays.copyOf(forms, forms.length * 2);
    }
    while (firstLink.size() <= number) {
      firstLink.add(0);
      linkCount.add(0);
    }
    return number;
  }

  private void addLinks(int holder, Document document) {
    firstLink.set(holder, linkHeld.size());
    linkCount.set(holder, document.links().size());
    for (Link link : document.links()) {
      int held = number(link.digest());
      linkHeld.add(held);
      linkRole.add(link.role().ordinal());
      linkPosition.add(link.position());
      linkWords.add(words(link));
      if (link.sizeBytes() >= 0) {
        checkSize(new SaidSize(holder, held, link.sizeBytes()), link.role());
      }
    }
    document
        .subject()
        .ifPresent(
            subject -> {
              int number = number(subject);
              subjects.put(holder, number);
              referrers.computeIfAbsent(number, n -> new Ints()).add(holder);
            });
    if (!document.created().isEmpty()) {
      created.put(holder, document.created());
    }
  }

  /** Mostly what the link before said, which is quicker to see than to look up. */
  private int words(Link link) {
    if (lastWords < 0 || !words.get(lastWords).areOf(link)) {
      lastWords =
          wordNumbers.computeIfAbsent(
              new LinkWords(link.mediaType(), link.platform()),
              said -> {
                words.add(said);
                return words.size() - 1;
              });
    }
    return lastWords;
  }

  /** Whether the sizes in an index's descriptors are worth comparing. */
  private boolean trustIndexSizes = true;

  public void distrustIndexSizes() {
    trustIndexSizes = false;
  }

  private void checkSize(SaidSize said, Role role) {
    if (role == Role.CHILD && !trustIndexSizes) {
      return;
    }
    if (!present(said.held())) {
      unchecked.add(said);
    } else if (sizes[said.held()] != said.bytes()) {
      doubts.add(said);
    }
  }

  /** Descriptors of held documents whose size is not the file's. */
  public List<SizeDoubt> sizeDoubts() {
    List<SizeDoubt> found = new ArrayList<>();
    for (SaidSize said : doubts) {
      addDoubt(found, said);
    }
    for (SaidSize said : unchecked) {
      if (present(said.held()) && sizes[said.held()] != said.bytes()) {
        addDoubt(found, said);
      }
    }
    return found;
  }

  private void addDoubt(List<SizeDoubt> found, SaidSize said) {
    found.add(
        new SizeDoubt(
            digest(said.holder()), digest(said.held()), said.bytes(), sizes[said.held()]));
  }

  int size() {
    return digests.size();
  }

  /** The digest of a number from 0 up to {@link #size}. */
  Digest digest(int number) {
    return digests.digest(number);
  }

  boolean present(int number) {
    return form(number) != Form.ABSENT;
  }

  Form form(int number) {
    return FORMS[forms[number]];
  }

  long sizeBytes(int number) {
    return sizes[number];
  }

  void reallocate(int number, long allocatedBytes) {
    allocated[number] = allocatedBytes;
  }

  long allocatedBytes(int number) {
    return allocated[number];
  }

  Size size(int number) {
    return new Size(sizes[number], allocated[number]);
  }

  Optional<Integer> subject(int number) {
    return Optional.ofNullable(subjects.get(number));
  }

  String created(int number) {
    return created.getOrDefault(number, "");
  }

  int firstLink(int number) {
    return firstLink.get(number);
  }

  int linkCount(int number) {
    return linkCount.get(number);
  }

  Role role(int link) {
    return ROLES[linkRole.get(link)];
  }

  int position(int link) {
    return linkPosition.get(link);
  }

  /** Everything that links say in words, once. */
  List<LinkWords> words() {
    return List.copyOf(words);
  }

  LinkWords words(int link) {
    return words.get(linkWords.get(link));
  }

  /** Those that name this as their subject; empty where this has no file. */
  Ints referrers(int subject) {
    Ints none = new Ints();
    return present(subject) ? referrers.getOrDefault(subject, none) : none;
  }

  /** Marks from the roots and counts. Call when everything has been added. */
  public Tally count() {
    return new Tally(this);
  }
}
