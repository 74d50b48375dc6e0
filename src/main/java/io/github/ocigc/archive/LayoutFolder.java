package io.github.ocigc.archive;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Hash;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A folder with an image layout (image-spec 1.1, image-layout.md). No link inside of it is
 * followed: a layout that came from elsewhere could otherwise show us any file of this machine as a
 * blob.
 */
final class LayoutFolder implements ImageSource {
  private final Path root;
  private final long manifestLimitBytes;
  private final List<Named> images;

  private LayoutFolder(Path root, long manifestLimitBytes) {
    this.root = root;
    this.manifestLimitBytes = manifestLimitBytes;
    this.images = IndexEntries.read(root.toString(), index());
  }

  static ImageSource open(Path root, long manifestLimitBytes) {
    if (!Files.isRegularFile(root.resolve("oci-layout"), LinkOption.NOFOLLOW_LINKS)) {
      throw Trouble.unusable(
          root.toString(),
          "is a folder, but no OCI image layout: it has no file oci-layout. Give a layout, an OCI"
              + " archive, or what 'docker save' writes");
    }
    return new LayoutFolder(root, manifestLimitBytes);
  }

  private byte[] index() {
    Path file = root.resolve(OciArchive.INDEX);
    OptionalLong size = sizeOf(file);
    if (size.isEmpty()) {
      throw Trouble.damaged(root.toString(), "its index.json is missing");
    }
    return bytes(file, OciArchive.INDEX, size.getAsLong());
  }

  @Override
  public List<Named> images() {
    return images;
  }

  @Override
  public Optional<byte[]> document(Digest digest) {
    OptionalLong size = size(digest);
    if (size.isEmpty()) {
      return Optional.empty();
    }
    byte[] bytes = bytes(file(digest), digest.toString(), size.getAsLong());
    if (!Hash.match(digest, bytes)) {
      throw Trouble.damaged(
          root.toString(), "the bytes of " + digest + " in it do not have that digest");
    }
    return Optional.of(bytes);
  }

  @Override
  public OptionalLong size(Digest digest) {
    return sizeOf(file(digest));
  }

  @Override
  public Set<Digest> read(Set<Digest> wanted, Sinks sinks) {
    BlobCopy copy = new BlobCopy(root.toString(), sinks);
    Set<Digest> found = new LinkedHashSet<>();
    for (Digest digest : wanted) {
      OptionalLong size = size(digest);
      if (size.isPresent()) {
        read(digest, size.getAsLong(), copy);
        found.add(digest);
      }
    }
    return found;
  }

  private void read(Digest digest, long size, BlobCopy copy) {
    try (InputStream in = Files.newInputStream(file(digest), LinkOption.NOFOLLOW_LINKS)) {
      copy.copy(in, digest, size);
      if (in.read() >= 0) {
        throw Trouble.damaged(root.toString(), digest + " grows while it is read");
      }
    } catch (IOException e) {
      throw Trouble.refused("read", file(digest), e);
    }
  }

  @Override
  public void close() {}

  private Path file(Digest digest) {
    return root.resolve(BlobPath.of(digest));
  }

  private byte[] bytes(Path file, String name, long size) {
    if (size > manifestLimitBytes) {
      throw Trouble.damaged(
          root.toString(),
          name
              + " in it has "
              + size
              + " bytes; documents are read up to "
              + manifestLimitBytes
              + " (--max-manifest)");
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = in.readNBytes((int) size);
      if (bytes.length < size) {
        throw new EOFException("it is shorter than a moment ago");
      }
      return bytes;
    } catch (IOException e) {
      throw Trouble.refused("read", file, e);
    }
  }

  /** The length of a file that is reached without a link; empty if there is none. */
  private OptionalLong sizeOf(Path file) {
    try {
      for (Path folder = file.getParent();
          folder != null && !folder.equals(root);
          folder = folder.getParent()) {
        if (Files.isSymbolicLink(folder)) {
          throw Trouble.damaged(
              root.toString(), root.relativize(folder) + " in it is a symbolic link");
        }
      }
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!attributes.isRegularFile()) {
        throw Trouble.damaged(
            root.toString(),
            root.relativize(file)
                + " in it is "
                + (attributes.isSymbolicLink() ? "a symbolic link" : "not a file"));
      }
      return OptionalLong.of(attributes.size());
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    } catch (IOException e) {
      throw Trouble.refused("read", file, e);
    }
  }
}
