package io.github.ocigc.archive;

import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.Hash;
import java.io.EOFException;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The layers of a docker archive, which have paths and no digests there: each is hashed as it
 * stands, in one pass over the archive.
 */
final class DockerLayers {
  private static final String TAR = "application/vnd.oci.image.layer.v1.tar";

  private final TarContents contents;
  private final Map<TarEntry, Descriptor> known = new HashMap<>();
  private final byte[] buffer = new byte[1 << 17];

  private DockerLayers(TarContents contents) {
    this.contents = contents;
  }

  static Map<TarEntry, Descriptor> hash(TarContents contents, Collection<TarEntry> layers) {
    DockerLayers hashing = new DockerLayers(contents);
    List<TarEntry> inOrder =
        layers.stream().distinct().sorted(Comparator.comparingLong(TarEntry::offset)).toList();
    try (ForwardStream in = contents.file().open()) {
      for (TarEntry layer : inOrder) {
        in.skipTo(layer.offset());
        hashing.known.put(layer, hashing.describe(layer, in));
      }
    } catch (IOException e) {
      throw Trouble.unreadable(contents.file().shown(), e);
    }
    return hashing.known;
  }

  private Descriptor describe(TarEntry layer, ForwardStream in) throws IOException {
    MessageDigest hash = Hash.beginSha256();
    int n = in.readNBytes(buffer, 0, (int) Math.min(buffer.length, layer.size()));
    String mediaType = mediaType(layer, Compression.of(buffer, n));
    hash.update(buffer, 0, n);
    for (long left = layer.size() - n; left > 0; left -= n) {
      n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (n < 0) {
        throw new EOFException();
      }
      hash.update(buffer, 0, n);
    }
    return new Descriptor(mediaType, Hash.finish(hash), layer.size());
  }

  private String mediaType(TarEntry layer, Compression compression) {
    return switch (compression) {
      case NONE -> TAR;
      case GZIP -> TAR + "+gzip";
      case ZSTD -> TAR + "+zstd";
      case BZIP2, XZ ->
          throw Trouble.unusable(
              contents.file().shown(),
              "has the layer "
                  + Trouble.quoted(layer.name())
                  + " compressed as no OCI image may have it (bzip2 or xz): save the image again"
                  + " with gzip or uncompressed layers");
    };
  }

  /** True if the layer stands there uncompressed, so that its digest is its diff_id. */
  static boolean isPlain(Descriptor layer) {
    return layer.mediaType().equals(TAR);
  }
}
