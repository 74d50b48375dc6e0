package io.github.ocigc.store;

import io.github.ocigc.oci.Digest;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;

/** The only place that knows where things lie in a store. Every path is absolute and real. */
public record StorePaths(Path root, String blobFolderName) {
  public static final String OWN_FOLDER = ".ocigc";

  /** The folder that holds one folder an algorithm. */
  public Path blobs() {
    return root.resolve(blobFolderName);
  }

  public Path blob(Digest digest) {
    return root.resolve(blobFolderName + '/' + digest.algorithm() + '/' + digest.encoded());
  }

  public Path ociLayout() {
    return root.resolve("oci-layout");
  }

  public Path indexJson() {
    return root.resolve("index.json");
  }

  /** KraftKit's folder of links. */
  public Path indexes() {
    return root.resolve("indexes");
  }

  /** Everything of ours. */
  public Path own() {
    return root.resolve(OWN_FOLDER);
  }

  public Path lock() {
    return own().resolve("lock");
  }

  /** The ledger, without the suffix {@code .mv.db} that the database adds. */
  public Path ledger() {
    return own().resolve("ledger");
  }

  /** One folder for each transfer that is under way. */
  public Path transfers() {
    return own().resolve("transfers");
  }

  /** What broken-off transfers left of large blobs. */
  public Path partial() {
    return own().resolve("partial");
  }

  /** A file that is being written, to be renamed into its place. */
  public Path temporary(String name) {
    return own().resolve(name + ".tmp");
  }

  /** The folder that a file of the store lies in. */
  static Path folderOf(Path file) {
    return Objects.requireNonNull(file.getParent(), "a file of a store lies in a folder");
  }

  /**
   * A path below the root as text that leads back to it, whatever bytes its name has (RFC 3986).
   */
  public String text(Path path) {
    return root.toUri().relativize(path.toUri()).getRawPath();
  }

  /** Of a text that {@link #text} made. */
  public Path path(String text) {
    return Path.of(
        URI.create(root.toUri() + text)); // resolve() leaves file:/, which is read as text
  }

  /** For messages: relative to the store. */
  public String show(Path path) {
    return path.startsWith(root) ? root.relativize(path).toString() : path.toString();
  }
}
