package io.github.ocigc.engine;

import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.Digest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is to come into a store: manifests and indexes with their bytes, holders before what they
 * hold, and the blobs that they name. Filled by {@link ImageWalk}.
 */
final class Image {
  /** A manifest or index. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and the bytes are the point
  record Part(Descriptor descriptor, byte[] bytes) {}

  /** A content that gets an entry of its own among the roots. */
  record Entry(String name, Descriptor descriptor) {}

  private final Map<Digest, Part> documents = new LinkedHashMap<>();
  private final Map<Digest, Descriptor> blobs = new LinkedHashMap<>();
  private final Set<Digest> optional = new LinkedHashSet<>();
  private final List<Entry> entries = new ArrayList<>();

  void addDocument(Part part) {
    documents.put(part.descriptor().digest(), part);
  }

  boolean hasDocument(Digest digest) {
    return documents.containsKey(digest);
  }

  /** {@code needed}: the image is none without it. */
  void addBlob(Descriptor blob, boolean needed) {
    boolean known = blobs.putIfAbsent(blob.digest(), blob) != null;
    if (!needed && !known) {
      optional.add(blob.digest());
    } else if (needed) {
      optional.remove(blob.digest());
    }
  }

  void addEntry(String name, Descriptor descriptor) {
    entries.add(new Entry(name, descriptor));
  }

  List<Part> documents() {
    return List.copyOf(documents.values());
  }

  /** Blobs that are no manifest or index as well. */
  List<Descriptor> blobs() {
    return blobs.values().stream().filter(blob -> !documents.containsKey(blob.digest())).toList();
  }

  boolean isOptional(Digest blob) {
    return optional.contains(blob);
  }

  List<Entry> entries() {
    return List.copyOf(entries);
  }
}
