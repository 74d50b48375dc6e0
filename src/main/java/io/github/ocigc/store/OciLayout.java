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
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * An OCI image layout (image-spec 1.1, image-layout.md): the roots are the entries of {@code
 * index.json}.
 */
public final class OciLayout implements Store {
  static final String NAME_ANNOTATION = "org.opencontainers.image.ref.name";

  /** Enough for half a million roots; a longer file is more likely an accident. */
  private static final long ROOTS_LIMIT_BYTES = 128L << 20;

  private static final int ATTEMPTS = 4;
  private static final long RETRY_MILLIS = 25;

  private final StorePaths paths;
  private final BlobFolder blobs;

  private OciLayout(StorePaths paths, long manifestLimitBytes) {
    this.paths = paths;
    this.blobs = new BlobFolder(paths, dialect(), manifestLimitBytes);
  }

  static Optional<Store> recognise(Path root, long manifestLimitBytes) {
    StorePaths paths = new StorePaths(root, "blobs");
    if (!Files.isRegularFile(paths.ociLayout())) {
      return Optional.empty();
    }
    if (Files.isSymbolicLink(paths.blobs())) {
      throw BlobFolder.sharedFolder(paths, paths.blobs());
    }
    return Optional.of(new OciLayout(paths, manifestLimitBytes));
  }

  @Override
  public String kind() {
    return "oci-layout";
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
    return Document.Dialect.OCI;
  }

  @Override
  public Platform usualPlatform() {
    return Platform.ofThisMachine();
  }

  @Override
  public boolean keepsUntaggedRoots() {
    return true;
  }

  @Override
  public boolean trustsIndexSizes() {
    return true;
  }

  @Override
  public String stamp(Digest digest) {
    return "";
  }

  @Override
  public String fingerprint() {
    return bytes().fingerprint();
  }

  @Override
  public Roots readRoots() {
    Loaded loaded = load();
    Map<RootKey, Root> roots = new LinkedHashMap<>();
    List<Finding> problems = new ArrayList<>();
    for (IndexJson.Entry entry : loaded.index().entries()) {
      Digest.parse(entry.digest())
          .ifPresentOrElse(
              digest -> {
                Root root = new Root(entry.name(), digest, entry.mediaType(), "");
                roots.putIfAbsent(root.key(), root);
              },
              () ->
                  problems.add(
                      Finding.ofPath(
                          Finding.Kind.INVALID_DIGEST,
                          "index.json",
                          "the entry "
                              + (entry.name().isEmpty() ? "without a name" : entry.name())
                              + " has '"
                              + entry.digest()
                              + "', which is not a sha256 or sha512 digest")));
    }
    return new Roots(loaded.fingerprint(), List.copyOf(roots.values()), problems, List.of());
  }

  @Override
  public Optional<String> publish(RootChange change, String expected, Steps steps) {
    Raw raw = bytes();
    if (!raw.fingerprint().equals(expected)) {
      return Optional.empty();
    }
    byte[] bytes = rewritten(raw.bytes(), change);
    return replace(bytes, expected, steps);
  }

  /** The bytes were read whole when their fingerprint was; now only what changes is looked at. */
  private byte[] rewritten(byte[] bytes, RootChange change) {
    Set<RootKey> drop = new HashSet<>(change.drop());
    Set<Digest> named = new HashSet<>();
    drop.forEach(key -> named.add(key.digest()));
    change.add().forEach(addition -> named.add(addition.digest()));
    try {
      IndexJson index = IndexJson.readNaming(bytes, named);
      if (!keys(index).containsAll(drop)) {
        index = IndexJson.read(bytes); // written with escapes
      }
      return rewritten(index, drop, change.add());
    } catch (IOException e) {
      throw damaged(Refusals.reason(e));
    }
  }

  private static byte[] rewritten(
      IndexJson index, Set<RootKey> drop, List<RootChange.Addition> additions) {
    return index.rewrite(
        entry -> !entry.digest().isEmpty() && key(entry).map(drop::contains).orElse(false),
        additions.stream().map(addition -> RootEntry.text(index, addition)).toList());
  }

  private static Set<RootKey> keys(IndexJson index) {
    Set<RootKey> keys = new HashSet<>();
    for (IndexJson.Entry entry : index.entries()) {
      if (!entry.digest().isEmpty()) {
        key(entry).ifPresent(keys::add);
      }
    }
    return keys;
  }

  private static Optional<RootKey> key(IndexJson.Entry entry) {
    return Digest.parse(entry.digest()).map(digest -> new RootKey(entry.name(), digest));
  }

  /**
   * The new fingerprint is taken before the rename: what another tool writes right after it is to
   * be seen as different.
   */
  private Optional<String> replace(byte[] bytes, String expected, Steps steps) {
    Path temporary = paths.temporary("index.json");
    try {
      try {
        DurableFile.write(temporary, bytes, paths.indexJson());
        steps.reached("roots-written");
        String fingerprint = fingerprint(attributes(temporary), bytes);
        if (!fingerprint().equals(expected)) { // writing and fsyncing took their time
          return Optional.empty();
        }
        DurableFile.rename(temporary, paths.indexJson());
        steps.reached("roots-published");
        return Optional.of(fingerprint);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw Refusals.of("rewrite", paths.indexJson(), e);
    }
  }

  @Override
  public void requireUsableName(String name) {
    if (!RefName.isWellFormed(name)) {
      throw new OcigcException.Unusable(
          "'"
              + name
              + "' cannot be a name: use letters and digits, joined by one of - . _ : @ + or /.");
    }
  }

  private record Loaded(IndexJson index, String fingerprint) {}

  /** Some tools truncate the file and write it anew: what is half written is looked at again. */
  private Loaded load() {
    for (int attempt = 1; ; attempt++) {
      try {
        return loadOnce();
      } catch (OcigcException.Damaged e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(RETRY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Loaded loadOnce() {
    Raw raw = bytes();
    try {
      return new Loaded(IndexJson.read(raw.bytes()), raw.fingerprint());
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      throw damaged(e.getOriginalMessage());
    } catch (IOException e) {
      throw damaged(Refusals.reason(e));
    }
  }

  /** The file as it is; {@code bytes} are not understood yet. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Raw(byte[] bytes, String fingerprint) {}

  private Raw bytes() {
    Path file = paths.indexJson();
    try {
      Map<String, Object> attributes = attributes(file);
      if (!Boolean.TRUE.equals(attributes.get("isRegularFile"))) {
        throw damaged("it is not a regular file but a link or folder");
      }
      long size = attributes.get("size") instanceof Long known ? known : 0;
      if (size > ROOTS_LIMIT_BYTES) {
        throw damaged("it has " + size + " bytes; we read up to " + ROOTS_LIMIT_BYTES);
      }
      byte[] bytes = Files.readAllBytes(file);
      return new Raw(bytes, fingerprint(attributes, bytes));
    } catch (NoSuchFileException e) {
      throw damaged("it is missing");
    } catch (java.nio.file.FileSystemException e) {
      throw Refusals.of("read", file, e);
    } catch (IOException e) {
      throw damaged(Refusals.reason(e));
    }
  }

  private static Map<String, Object> attributes(Path file) throws IOException {
    return Files.readAttributes(
        file, "unix:size,ino,lastModifiedTime,isRegularFile", LinkOption.NOFOLLOW_LINKS);
  }

  private static String fingerprint(Map<String, Object> attributes, byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return bytes.length
        + ":"
        + attributes.get("ino")
        + ":"
        + attributes.get("lastModifiedTime")
        + ":"
        + Long.toHexString(crc.getValue());
  }

  private OcigcException damaged(String why) {
    return new OcigcException.Damaged(
        paths.indexJson()
            + " cannot be read as the store's index: "
            + why
            + ". It says what the store holds, so nothing was removed. Restore it from a copy, or"
            + " write the images into a new layout.");
  }
}
