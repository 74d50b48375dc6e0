package io.github.ocigc.store;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Document;
import io.github.ocigc.oci.Finding;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.oci.Platform;
import io.github.ocigc.oci.RefName;
import io.github.ocigc.oci.Root;
import io.github.ocigc.oci.RootKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * KraftKit's directory store: blobs below {@code digests/}, and below {@code indexes/} one symbolic
 * link for each reference, whose last two elements name an index.
 *
 * <p>The path of a link is its identity. A name is what maps to that path when each {@code ':'} is
 * written as {@code '/'}, which loses where the port and the tag began; the index's own annotation
 * tells, where it fits the path.
 */
public final class KraftDirectory implements Store {
  private static final String INDEX_TYPE = "application/vnd.oci.image.index.v1+json";
  private static final String NAME_ANNOTATION = "io.containerd.image.name";
  private static final long NAMED_INDEX_LIMIT_BYTES = 4L << 20;

  private final StorePaths paths;
  private final BlobFolder blobs;

  private KraftDirectory(StorePaths paths, long manifestLimitBytes) {
    this.paths = paths;
    this.blobs = new BlobFolder(paths, dialect(), manifestLimitBytes);
  }

  static Optional<Store> recognise(Path root, long manifestLimitBytes) {
    StorePaths paths = new StorePaths(root, "digests");
    for (Path folder : List.of(paths.blobs(), paths.indexes())) {
      if (!Files.isDirectory(folder)) {
        return Optional.empty();
      }
    }
    for (Path folder : List.of(paths.blobs(), paths.indexes())) {
      if (Files.isSymbolicLink(folder)) {
        throw BlobFolder.sharedFolder(paths, folder);
      }
    }
    return Optional.of(new KraftDirectory(paths, manifestLimitBytes));
  }

  @Override
  public String kind() {
    return "kraftkit";
  }

  @Override
  public StorePaths paths() {
    return paths;
  }

  @Override
  public BlobFolder blobs() {
    return blobs;
  }

  @Override
  public Document.Dialect dialect() {
    return Document.Dialect.KRAFTKIT;
  }

  @Override
  public Platform usualPlatform() {
    return new Platform("qemu", Platform.ofThisMachine().architecture(), "");
  }

  @Override
  public boolean keepsUntaggedRoots() {
    return false;
  }

  /** kraft writes 32 there after a merge. */
  @Override
  public boolean trustsIndexSizes() {
    return false;
  }

  @Override
  public boolean isAt(String fingerprint) {
    return fingerprint(lines()).equals(fingerprint);
  }

  /** Each link by its path, with what it names and the state of that file. */
  private SortedMap<String, String> lines() {
    SortedMap<String, String> lines = new TreeMap<>();
    links(new ArrayList<>()).forEach(link -> lines.put(paths.show(link), line(link)));
    return lines;
  }

  private String line(Path link) {
    return target(link) + '\n' + stampOf(link);
  }

  private static String fingerprint(SortedMap<String, String> lines) {
    CRC32C crc = new CRC32C();
    lines.forEach(
        (path, line) -> crc.update((path + '\n' + line + '\n').getBytes(StandardCharsets.UTF_8)));
    return lines.size() + ":" + Long.toHexString(crc.getValue());
  }

  @Override
  public Roots readRoots() {
    List<Finding> problems = new ArrayList<>();
    List<Finding> notes = new ArrayList<>();
    List<Root> roots = new ArrayList<>();
    String fingerprint = fingerprint(lines());
    for (Path link : links(notes)) {
      if (paths.show(link).indexOf(':') >= 0) {
        problems.add(
            Finding.ofPath(
                Finding.Kind.INVALID_NAME,
                paths.show(link),
                "kraft writes every ':' of a name as '/', so this link has no name to delete it"
                    + " by; rename it"));
        continue;
      }
      digestOf(link)
          .ifPresentOrElse(
              digest -> roots.add(root(link, digest)),
              () ->
                  problems.add(
                      Finding.ofPath(
                          Finding.Kind.INVALID_DIGEST,
                          paths.show(link),
                          "the link's target '" + target(link) + "' does not end in a digest")));
    }
    return new Roots(fingerprint, roots, problems, notes);
  }

  private Root root(Path link, Digest digest) {
    return new Root(name(link, digest), digest, INDEX_TYPE, stampOf(link));
  }

  /** Symbolic links below {@code indexes/}, sorted by path. */
  private List<Path> links(List<Finding> notes) {
    List<Path> links = new ArrayList<>();
    try (Stream<Path> all = Files.walk(paths.indexes())) {
      all.sorted()
          .forEach(
              path -> {
                if (Files.isSymbolicLink(path)) {
                  links.add(path);
                } else if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                  notes.add(
                      Finding.ofPath(
                          Finding.Kind.STRAY_FILE,
                          paths.show(path),
                          "a file among the links; it was left alone"));
                }
              });
      return links;
    } catch (IOException e) {
      throw Refusals.of("list", paths.indexes(), e);
    } catch (java.io.UncheckedIOException e) {
      throw Refusals.of("list", paths.indexes(), new IOException(e.getMessage(), e));
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      throw Refusals.of("read the link", link, e);
    }
  }

  private static Optional<Digest> digestOf(Path link) {
    Path target = Path.of(target(link));
    int elements = target.getNameCount();
    return elements < 2
        ? Optional.empty()
        : Digest.of(
            target.getName(elements - 2).toString(), target.getName(elements - 1).toString());
  }

  private String stampOf(Path link) {
    return digestOf(link).map(this::stamp).orElse("");
  }

  /** kraft edits an index in place, under the same name. */
  @Override
  public String stamp(Digest digest) {
    return blobs.stat(digest).map(s -> s.sizeBytes() + ":" + s.modified()).orElse("");
  }

  private String name(Path link, Digest digest) {
    String key = paths.indexes().relativize(link).toString();
    Optional<String> annotated = annotatedName(digest);
    if (annotated.isPresent() && annotated.get().replace(':', '/').equals(key)) {
      return annotated.get();
    }
    int slash = key.lastIndexOf('/');
    return slash < 0 ? key : key.substring(0, slash) + ":" + key.substring(slash + 1);
  }

  private Optional<String> annotatedName(Digest digest) {
    Path file = paths.blob(digest);
    try {
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && Files.size(file) <= NAMED_INDEX_LIMIT_BYTES) {
        return IndexJson.annotation(Files.readAllBytes(file), NAME_ANNOTATION);
      }
      return Optional.empty();
    } catch (IOException notReadableJson) {
      return Optional.empty(); // the index is reported as unreadable where its content is read
    }
  }

  private Path link(String name) {
    return paths.indexes().resolve(name.replace(':', '/'));
  }

  /** The new fingerprint is worked out from our own changes: what others do meanwhile differs. */
  @Override
  public Optional<String> publish(RootChange change, String expected, Steps steps) {
    SortedMap<String, String> lines = lines();
    if (!fingerprint(lines).equals(expected)) {
      return Optional.empty();
    }
    for (RootChange.Addition addition : change.add()) {
      create(addition);
      lines.put(paths.show(link(addition.name())), line(link(addition.name())));
    }
    for (RootKey key : change.drop()) {
      if (change.add().stream().noneMatch(a -> a.name().equals(key.name()))) {
        if (digestOf(link(key.name())).equals(Optional.of(key.digest()))) {
          remove(link(key.name()));
        }
        lines.remove(paths.show(link(key.name())));
        steps.reached("root-unlinked");
      }
    }
    steps.reached("roots-published");
    return Optional.of(fingerprint(lines));
  }

  private void create(RootChange.Addition addition) {
    Path link = link(addition.name());
    Path temporary = paths.temporary("link");
    try {
      Files.createDirectories(StorePaths.folderOf(link));
      Files.deleteIfExists(temporary);
      Files.createSymbolicLink(temporary, paths.blob(addition.digest()));
      Files.move(temporary, link, StandardCopyOption.ATOMIC_MOVE);
      DurableFile.syncFolder(StorePaths.folderOf(link));
    } catch (IOException e) {
      throw Refusals.of("make the link", link, e);
    }
  }

  private void remove(Path link) {
    try {
      Files.deleteIfExists(link);
      Path folder = StorePaths.folderOf(link);
      DurableFile.syncFolder(folder);
      while (!folder.equals(paths.indexes())) {
        Files.delete(folder);
        folder = StorePaths.folderOf(folder);
        DurableFile.syncFolder(folder);
      }
    } catch (DirectoryNotEmptyException others) {
      return; // the folder holds other references
    } catch (IOException e) {
      throw Refusals.of("remove the link", link, e);
    }
  }

  @Override
  public void requireUsableName(String name) {
    if (!RefName.isWellFormed(name) || !name.contains(":")) {
      throw new OcigcException.Unusable(
          "'"
              + name
              + "' cannot be a name in a KraftKit store: write name:tag in letters and"
              + " digits, joined by one of - . _ + or /.");
    }
    Path link = link(name);
    if (!link.normalize().equals(link) || !link.startsWith(paths.indexes())) {
      throw new OcigcException.Unusable("'" + name + "' would leave the store.");
    }
    for (Path at = link; !at.equals(paths.indexes()); at = StorePaths.folderOf(at)) {
      boolean folder = Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS);
      if (at.equals(link) ? folder : Files.exists(at, LinkOption.NOFOLLOW_LINKS) && !folder) {
        throw new OcigcException.Unusable(
            "'" + name + "' cannot be a name here: " + paths.show(at) + " is in the way.");
      }
    }
  }
}
