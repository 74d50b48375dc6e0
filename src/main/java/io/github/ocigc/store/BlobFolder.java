package io.github.ocigc.store;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.DigestSum;
import io.github.ocigc.oci.Document;
import io.github.ocigc.oci.OcigcException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The blobs of a store: {@code <folder>/<algorithm>/<encoded>}. Safe for use by many threads; holds
 * no open file between calls.
 */
public final class BlobFolder {
  private final StorePaths paths;
  private final long manifestLimitBytes;
  private final BlobReading reading;

  BlobFolder(StorePaths paths, Document.Dialect dialect, long manifestLimitBytes) {
    this.paths = paths;
    this.manifestLimitBytes = manifestLimitBytes;
    this.reading = new BlobReading(dialect, manifestLimitBytes);
  }

  /**
   * What the disk says of a digest: one stat, and for a file that begins like a JSON object and is
   * no longer than the limit, one read. Never throws for what it finds.
   */
  public BlobFacts facts(Digest digest) {
    return reading.facts(paths.blob(digest));
  }

  /** A blob, and what its bytes hash to. */
  public record Hashed(BlobFacts facts, Digest hash) {}

  /**
   * As {@link #facts}, and the hash, from one reading; empty for what is no file, longer than
   * {@code limitBytes}, cannot be read, or has changed meanwhile.
   */
  public Optional<Hashed> hashed(Digest digest, int limitBytes) {
    return reading.hashed(paths.blob(digest), digest.algorithm(), limitBytes);
  }

  /** Why a present content is not a readable manifest, for a message. */
  public String explain(Digest digest) {
    BlobFacts now = facts(digest);
    String file = paths.show(paths.blob(digest));
    return switch (now.form()) {
      case ABSENT -> file + " does not exist";
      case DOCUMENT -> file + " is readable now";
      case MALFORMED -> file + ": " + String.join("; ", now.document().orElseThrow().problems());
      case OPAQUE ->
          file
              + (now.size().bytes() == 0
                  ? " is empty"
                  : " is not one complete JSON object nested at most 1000 deep");
      case TOO_LARGE ->
          file
              + " has "
              + now.size().bytes()
              + " bytes; manifests are read up to "
              + manifestLimitBytes;
      case NOT_A_FILE -> file + " is not a regular file but a link, folder or device";
      case UNREADABLE -> file + " cannot be read: " + refusal(paths.blob(digest));
    };
  }

  private static String refusal(Path path) {
    try (FileChannel in = FileChannel.open(path, StandardOpenOption.READ)) {
      in.read(ByteBuffer.allocate(1));
      return "it can be now";
    } catch (IOException e) {
      return Refusals.reason(e);
    }
  }

  /** What lies in the blob's place; empty if nothing does or it cannot be looked at. */
  public Optional<BlobStat> stat(Digest digest) {
    try {
      BasicFileAttributes file =
          Files.readAttributes(
              paths.blob(digest), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      int links =
          (Integer) Files.getAttribute(paths.blob(digest), "unix:nlink", LinkOption.NOFOLLOW_LINKS);
      return Optional.of(
          new BlobStat(
              file.isRegularFile(), file.size(), file.lastModifiedTime().toInstant(), links));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Removes a blob's file. Returns its length, or empty if it was gone already, which is success.
   *
   * @throws IOException for every other reason, and for what is not a regular file: that is left
   */
  public OptionalLong unlink(Digest digest) throws IOException {
    Path path = paths.blob(digest);
    try {
      BasicFileAttributes file =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!file.isRegularFile()) {
        throw new IOException(paths.show(path) + " is not a regular file; it was left alone");
      }
      Files.delete(path);
      return OptionalLong.of(file.size());
    } catch (NoSuchFileException gone) {
      return OptionalLong.empty();
    }
  }

  /**
   * Puts a whole, verified and fsynced file in a blob's place, over what may be there: a file that
   * was truncated, or the same one that somebody else has brought meanwhile.
   *
   * @throws IOException if something there is not a file
   */
  void place(Path file, Digest digest) throws IOException {
    Path path = paths.blob(digest);
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(paths.show(path) + " is not a regular file; it was left alone");
    }
    Path folder = StorePaths.folderOf(path);
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      DurableFile.syncFolder(paths.blobs());
    }
    Files.move(file, path, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Opens a blob for reading. */
  public InputStream open(Digest digest) throws IOException {
    return Files.newInputStream(paths.blob(digest), LinkOption.NOFOLLOW_LINKS);
  }

  /** Makes what {@link #unlink} and {@link Ingest} did survive a power cut. */
  public void sync(Set<String> algorithms) {
    for (String algorithm : algorithms) {
      Path folder = paths.blobs().resolve(algorithm);
      try {
        if (Files.isDirectory(folder)) {
          DurableFile.syncFolder(folder);
        }
      } catch (IOException e) {
        throw Refusals.of("make removals durable in", folder, e);
      }
    }
  }

  /** When the blob folders last changed. */
  public FolderTimes times() {
    return new FolderTimes(algorithmFolders());
  }

  /**
   * A stamp at once: gives each folder a time of change to the nanosecond, which no later change
   * will bear, since the kernel's clock for files ticks a few hundred times a second. Where that
   * cannot be done, waits as {@link #settledStamp} does.
   */
  public String seal() {
    try {
      for (Path folder : algorithmFolders()) {
        FileTime time = FileTime.from(Instant.now());
        Files.setLastModifiedTime(folder, time);
        if (!Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS).equals(time)) {
          return settledStamp();
        }
      }
      return times().text();
    } catch (IOException e) {
      return settledStamp(); // the folder is another's
    }
  }

  /**
   * As {@link FolderTimes#stamp}, waiting a moment if need be; still empty if there is no end of
   * changes.
   */
  public String settledStamp() {
    String stamp = times().stamp();
    for (int i = 0; i < 20 && stamp.isEmpty() && !algorithmFolders().isEmpty(); i++) {
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return "";
      }
      stamp = times().stamp();
    }
    return stamp;
  }

  /** Watches for files that come, until it is closed; empty where that cannot be had. */
  public Optional<BlobWatch> watch() {
    List<Path> folders = new ArrayList<>(algorithmFolders());
    folders.add(paths.blobs());
    return BlobWatch.of(paths, folders);
  }

  /** Called for each entry of the blob folders, in no order. */
  public interface Visitor {
    void blob(Digest digest);

    /** Something that is no blob by its name: another tool's temporary file, say. */
    default void stray(Path path) {}

    /** Something beside the folders of the algorithms, whose times say nothing of it. */
    default void loose(Path path) {}
  }

  /** Lists every blob; the names only, no file is opened. */
  public void walk(Visitor visitor) {
    for (Path folder : algorithmFolders()) {
      String algorithm = folder.getFileName().toString();
      int before = folder.toString().length() + 1;
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
        for (Path entry : entries) {
          // getFileName() takes each of a million paths to pieces
          Optional<Digest> digest = Digest.of(algorithm, entry.toString().substring(before));
          digest.ifPresentOrElse(visitor::blob, () -> visitor.stray(entry));
        }
      } catch (IOException e) {
        throw Refusals.of("list", folder, e);
      } catch (java.nio.file.DirectoryIteratorException e) {
        throw Refusals.of("list", folder, new IOException(e.getMessage(), e));
      }
    }
    looseFiles().forEach(visitor::loose);
  }

  /** As {@link #walk}, of the blobs alone. */
  public void forEach(Consumer<Digest> each) {
    walk(each::accept);
  }

  /**
   * What the folders have.
   *
   * @param blobs the names of all blobs
   * @param strays what {@link Visitor#stray} is called for
   */
  public record Listed(DigestSum blobs, List<Path> strays) {}

  /** Lists the folders, and keeps no names but those of strays. */
  public Listed listed() {
    long[] sum = new long[2]; // not a sum at a time: there may be a million
    List<Path> strays = new ArrayList<>();
    walk(
        new Visitor() {
          @Override
          public void blob(Digest digest) {
            sum[0]++;
            sum[1] ^= digest.prefix();
          }

          @Override
          public void stray(Path path) {
            strays.add(path);
          }
        });
    return new Listed(new DigestSum(sum[0], sum[1]), strays);
  }

  /** Files beside the folders of the algorithms. */
  private List<Path> looseFiles() {
    List<Path> files = new ArrayList<>();
    list(
        paths.blobs(),
        path -> {
          if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            files.add(path);
          }
        });
    return files;
  }

  private Set<Path> algorithmFolders() {
    Set<Path> folders = new TreeSet<>();
    list(
        paths.blobs(),
        path -> {
          if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            folders.add(path);
          } else if (Files.isSymbolicLink(path)) {
            throw sharedFolder(paths, path);
          }
        });
    return folders;
  }

  private static void list(Path folder, Consumer<Path> each) {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(each);
    } catch (IOException e) {
      throw Refusals.of("list", folder, e);
    }
  }

  static OcigcException sharedFolder(StorePaths paths, Path link) {
    return new OcigcException.Unusable(
        paths.root()
            + ": "
            + paths.show(link)
            + " is a symbolic link, so other stores may keep their blobs there too and we cannot"
            + " know which. Nothing was changed. Give this store a blob folder of its own.");
  }
}
