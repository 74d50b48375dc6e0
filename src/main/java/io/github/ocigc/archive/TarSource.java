package io.github.ocigc.archive;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Hash;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A tar whose list of images has been understood: from here on digests are places in it. */
final class TarSource implements ImageSource {
  private final TarContents contents;
  private final List<Named> images;
  private final Map<Digest, Extent> blobs;
  private final Map<Digest, byte[]> built;
  private final Runnable atClose;

  /**
   * @param built documents that stand nowhere in the tar
   */
  TarSource(
      TarContents contents,
      List<Named> images,
      Map<Digest, Extent> blobs,
      Map<Digest, byte[]> built,
      Runnable atClose) {
    this.contents = contents;
    this.images = List.copyOf(images);
    this.blobs = blobs;
    this.built = built;
    this.atClose = atClose;
  }

  @Override
  public List<Named> images() {
    return images;
  }

  @Override
  public Optional<byte[]> document(Digest digest) {
    byte[] ours = built.get(digest);
    if (ours != null) {
      return Optional.of(ours.clone());
    }
    Extent extent = blobs.get(digest);
    if (extent == null) {
      return Optional.empty();
    }
    byte[] bytes = contents.document(digest.toString(), extent);
    if (!Hash.match(digest, bytes)) {
      throw Trouble.damaged(
          contents.file().shown(), "the bytes of " + digest + " in it do not have that digest");
    }
    return Optional.of(bytes.clone());
  }

  @Override
  public OptionalLong size(Digest digest) {
    byte[] ours = built.get(digest);
    Extent extent = blobs.get(digest);
    return ours != null
        ? OptionalLong.of(ours.length)
        : extent == null ? OptionalLong.empty() : OptionalLong.of(extent.size());
  }

  @Override
  public Set<Digest> read(Set<Digest> wanted, Sinks sinks) {
    String shown = contents.file().shown();
    BlobCopy copy = new BlobCopy(shown, sinks);
    Set<Digest> found = new LinkedHashSet<>();
    for (Digest digest : wanted) {
      byte[] ours = built.get(digest);
      if (ours != null) {
        copy.copy(new ByteArrayInputStream(ours), digest, ours.length);
        found.add(digest);
      }
    }
    List<Map.Entry<Digest, Extent>> inOrder =
        blobs.entrySet().stream()
            .filter(blob -> wanted.contains(blob.getKey()) && !found.contains(blob.getKey()))
            .sorted(Comparator.comparingLong(blob -> blob.getValue().offset()))
            .toList();
    if (inOrder.isEmpty()) {
      return found;
    }
    try (ForwardStream in = contents.file().open()) {
      for (Map.Entry<Digest, Extent> blob : inOrder) {
        in.skipTo(blob.getValue().offset());
        copy.copy(in, blob.getKey(), blob.getValue().size());
        found.add(blob.getKey());
      }
    } catch (IOException e) {
      throw Trouble.unreadable(shown, e);
    }
    return found;
  }

  @Override
  public void close() {
    atClose.run();
  }
}
