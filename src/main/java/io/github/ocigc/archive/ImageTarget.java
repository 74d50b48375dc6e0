package io.github.ocigc.archive;

import io.github.ocigc.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Writes images to a place outside of a store, as an image layout (image-spec 1.1,
 * image-layout.md), folder or tar. The place appears whole or not at all: until {@link #finish} all
 * is in a temporary sibling, {@code .<name>.<random>.tmp}, which a crash leaves behind and nothing
 * reads. The same calls give the same bytes. Not safe for several threads.
 */
public final class ImageTarget implements AutoCloseable {
  private static final byte[] OCI_LAYOUT =
      "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8);

  private enum State {
    OPEN,
    /** A blob is written in part: what follows it could not be found. */
    BROKEN,
    DONE
  }

  private final TargetPlace place;
  private final Path temporary;
  private final Container container;
  private final Set<Digest> written = new HashSet<>();
  private final Set<String> folders = new HashSet<>();
  private State state = State.OPEN;

  private ImageTarget(TargetPlace place, Path temporary, Container container) {
    this.place = place;
    this.temporary = temporary;
    this.container = container;
  }

  /**
   * Begins. A place that is taken is {@link io.github.ocigc.oci.OcigcException.Unusable}.
   *
   * @param replace whether a file that is there may be replaced at the end; a folder that is not
   *     empty never is
   */
  public static ImageTarget create(Path file, Format format, boolean replace) {
    TargetPlace place = new TargetPlace(file, format == Format.OCI_FOLDER, replace);
    place.check();
    Path temporary = place.temporary();
    try {
      Container container =
          switch (format) {
            case OCI_FOLDER -> new FolderContainer(temporary);
            case OCI_TAR -> new TarContainer(temporary, false);
            case OCI_TAR_GZ -> new TarContainer(temporary, true);
          };
      ImageTarget target = new ImageTarget(place, temporary, container);
      target.folder("blobs");
      target.folder("blobs/sha256");
      return target;
    } catch (IOException e) {
      throw Trouble.refused("write", temporary, e);
    }
  }

  /**
   * Writes a blob, in the order of the calls; does nothing for one that was written already. Bytes
   * that are not the digest's, or not so many, are {@link
   * io.github.ocigc.oci.OcigcException.Damaged}, and then nothing more can be written.
   *
   * @param bytes read to the end but not closed
   */
  public void blob(Digest digest, long size, InputStream bytes) {
    require(State.OPEN);
    if (!written.add(digest)) {
      return;
    }
    state = State.BROKEN;
    try {
      folder("blobs/" + digest.algorithm());
      try (OutputStream out = container.file(BlobPath.of(digest), size)) {
        CheckedCopy.copy(bytes, out, digest, size);
      }
    } catch (IOException e) {
      throw Trouble.refused("write " + digest + " to", temporary, e);
    }
    state = State.OPEN;
  }

  /**
   * Ends it and gives it its name; when this returns, it is on the disk.
   *
   * @param dockerManifestJson for {@code docker load}, see {@link DockerManifestJson}; left out of
   *     a folder, where nothing reads it
   */
  public void finish(byte[] indexJson, Optional<byte[]> dockerManifestJson) {
    require(State.OPEN);
    try {
      file(OciArchive.INDEX, indexJson);
      if (dockerManifestJson.isPresent() && !place.folder()) {
        file(DockerArchive.LIST, dockerManifestJson.get());
      }
      file("oci-layout", OCI_LAYOUT);
      container.complete();
      place.take(temporary);
    } catch (IOException e) {
      throw Trouble.refused("write", place.target(), e);
    }
    state = State.DONE;
  }

  /** Without {@link #finish}, removes what was written. */
  @Override
  public void close() {
    if (state != State.DONE) {
      container.abandon();
    }
  }

  private void folder(String name) throws IOException {
    if (folders.add(name)) {
      container.folder(name);
    }
  }

  private void file(String name, byte[] bytes) throws IOException {
    try (OutputStream out = container.file(name, bytes.length)) {
      out.write(bytes);
    }
  }

  private void require(State wanted) {
    if (state != wanted) {
      throw new IllegalStateException("a target that is " + state + " cannot be written to");
    }
  }
}
