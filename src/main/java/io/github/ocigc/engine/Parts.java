package io.github.ocigc.engine;

import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.store.BlobStat;
import io.github.ocigc.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All that some images consist of, each content once, and what of it the disk has. */
final class Parts {
  private final Store store;
  private final Map<Digest, Image.Part> documents = new LinkedHashMap<>();
  private final Map<Digest, Descriptor> blobs = new LinkedHashMap<>();
  private final Set<Digest> needed = new HashSet<>();

  /** Files that were here and were not what their names say. */
  private final Set<Digest> rewritten = new HashSet<>();

  Parts(Store store, List<Image> images) {
    this.store = store;
    for (Image image : images) {
      image.documents().forEach(part -> documents.put(part.descriptor().digest(), part));
      for (Descriptor blob : image.blobs()) {
        blobs.putIfAbsent(blob.digest(), blob);
        if (!image.isOptional(blob.digest())) {
          needed.add(blob.digest());
        }
      }
    }
    blobs.keySet().removeAll(documents.keySet());
  }

  Set<Digest> digests() {
    Set<Digest> all = new LinkedHashSet<>(documents.keySet());
    all.addAll(blobs.keySet());
    return all;
  }

  /** False for what the images can do without. */
  boolean needs(Digest blob) {
    return needed.contains(blob);
  }

  Set<Digest> rewritten() {
    return Set.copyOf(rewritten);
  }

  boolean areWhole() {
    return missingBlobs().stream().noneMatch(blob -> needs(blob.digest()))
        && missingDocuments().isEmpty();
  }

  /** Blobs that have no file here, or one of another length. */
  List<Descriptor> missingBlobs() {
    return blobs.values().stream().filter(blob -> !isHere(blob)).toList();
  }

  private boolean isHere(Descriptor blob) {
    Optional<BlobStat> stat = store.blobs().stat(blob.digest());
    if (stat.isEmpty()) {
      return false;
    }
    boolean whole = blob.sizeBytes() < 0 || stat.get().sizeBytes() == blob.sizeBytes();
    if (stat.get().regular() && !whole) {
      rewritten.add(blob.digest());
    }
    return stat.get().regular() && whole;
  }

  /** Manifests that are not here, or damaged: they are short, so their bytes are compared. */
  List<Image.Part> missingDocuments() {
    return documents.values().stream().filter(part -> !isHere(part)).toList();
  }

  private boolean isHere(Image.Part part) {
    Digest digest = part.descriptor().digest();
    Optional<BlobStat> stat = store.blobs().stat(digest);
    if (stat.isEmpty() || !stat.get().regular()) {
      return false;
    }
    boolean same = stat.get().sizeBytes() == part.bytes().length && hasBytes(digest, part.bytes());
    if (!same) {
      rewritten.add(digest);
    }
    return same;
  }

  private boolean hasBytes(Digest digest, byte[] bytes) {
    try (InputStream in = store.blobs().open(digest)) {
      return Arrays.equals(in.readNBytes(bytes.length + 1), bytes);
    } catch (IOException e) {
      return false; // it will be written anew, and that says what is wrong if it is
    }
  }
}
