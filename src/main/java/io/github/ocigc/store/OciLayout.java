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
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An OCI image layout (image-spec 1.1, image-layout.md): the roots are the entries of {@code
 * index.json}.
 */
public final class OciLayout implements Store {
  static final String NAME_ANNOTATION = "org.opencontainers.image.ref.name";

  private static final int ATTEMPTS = 4;
  private static final long RETRY_MILLIS = 25;

  private final StorePaths paths;
  private final BlobFolder blobs;
  private final IndexFile file;

  private OciLayout(StorePaths paths, long manifestLimitBytes) {
    this.paths = paths;
    this.blobs = new BlobFolder(paths, dialect(), manifestLimitBytes);
    this.file = new IndexFile(paths);
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
  public boolean isAt(String fingerprint) {
    return file.isAt(fingerprint);
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
    return file.readAt(expected)
        .flatMap(bytes -> file.replace(rewritten(bytes, change), expected, steps));
  }

  /** The bytes were read whole when their fingerprint was; now only what changes is looked at. */
  private List<ByteBuffer> rewritten(byte[] bytes, RootChange change) {
    Set<RootKey> drop = new HashSet<>(change.drop());
    Set<Digest> named = new HashSet<>();
    drop.forEach(key -> named.add(key.digest()));
    change.add().forEach(addition -> named.add(addition.digest()));
    try {
      IndexJson index = IndexJson.readNaming(bytes, named);
      return index.rewrite( // most entries were only passed by, and have no digest
          entry -> !entry.digest().isEmpty() && key(entry).map(drop::contains).orElse(false),
          change.add().stream().map(addition -> RootEntry.text(index, addition)).toList());
    } catch (IOException e) {
      throw file.damaged(Refusals.reason(e));
    }
  }

  private static Optional<RootKey> key(IndexJson.Entry entry) {
    return Digest.parse(entry.digest()).map(digest -> new RootKey(entry.name(), digest));
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
    IndexFile.Raw raw = file.read();
    try {
      return new Loaded(IndexJson.read(raw.bytes()), raw.fingerprint());
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      throw file.damaged(e.getOriginalMessage());
    } catch (IOException e) {
      throw file.damaged(Refusals.reason(e));
    }
  }
}
