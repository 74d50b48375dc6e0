package io.github.ocigc.archive;

import io.github.ocigc.oci.BlobSink;
import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Images outside of a store, to be read. What cannot be an archive of images is {@link
 * io.github.ocigc.oci.OcigcException.Unusable}, what contradicts itself {@link
 * io.github.ocigc.oci.OcigcException.Damaged}, what the operating system denies {@link
 * io.github.ocigc.oci.OcigcException.Refused}; each says which file it is about. Not safe for
 * several threads.
 */
public interface ImageSource extends AutoCloseable {
  /**
   * One entry of the source's list.
   *
   * @param name empty if it has none
   */
  record Named(String name, Descriptor manifest) {}

  /** Where {@link #read} puts blobs. What it throws ends the reading, as {@code Refused}. */
  interface Sinks {
    /**
     * A blob of {@code size} bytes comes. A sink that has bytes of an earlier transfer is started
     * again: the source gives all of them.
     */
    BlobSink begin(Digest digest, long size) throws IOException;

    /** All bytes have been given; whether they are the digest's is for the receiver to check. */
    void end(Digest digest) throws IOException;
  }

  /** What it holds, in its own order. */
  List<Named> images();

  /**
   * The bytes of a manifest, index or config, verified against the digest; empty if it is not in
   * there. Longer ones than the limit that the source was opened with are refused.
   */
  Optional<byte[]> document(Digest digest);

  /** Length in bytes of a blob that is in there; empty if it is not. */
  OptionalLong size(Digest digest);

  /**
   * Gives each wanted blob to its own sink, one after the other in the order that costs the source
   * least: an archive is read once from its beginning to its end. If it throws, the blob whose end
   * was not told is incomplete; the receiver drops it.
   *
   * @return those that are in there
   */
  Set<Digest> read(Set<Digest> wanted, Sinks sinks);

  @Override
  void close();

  /**
   * Opens a layout folder, an OCI archive or a docker archive: what is there decides, not its name.
   *
   * @param scratch an existing folder, for the bytes of what can be read only once (a pipe)
   * @param manifestLimitBytes of each JSON document; longer ones are refused
   */
  static ImageSource open(Path path, Path scratch, long manifestLimitBytes) {
    return Opening.of(path, scratch, manifestLimitBytes);
  }

  /**
   * As {@link #open(Path, Path, long)}, from a stream, which is read to its end but not closed.
   *
   * @param shown what the stream is called in errors, such as "standard input"
   */
  static ImageSource open(InputStream in, String shown, Path scratch, long manifestLimitBytes) {
    return Opening.of(in, shown, scratch, manifestLimitBytes);
  }
}
