package io.github.ocigc.store;

import io.github.ocigc.oci.OcigcException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The file {@code index.json} as bytes: reading and replacing it, and telling whether it is the one
 * that was seen before. Safe for use by many threads; holds nothing of the file.
 */
final class IndexFile {
  /** Enough for half a million roots; a longer file is more likely an accident. */
  private static final long LIMIT_BYTES = 128L << 20;

  /** Instead of a checksum: the time of change is ours, and no other writer's file bears it. */
  private static final String SEALED = "sealed";

  private final StorePaths paths;
  private final Path file;

  IndexFile(StorePaths paths) {
    this.paths = paths;
    this.file = paths.indexJson();
  }

  /** The file as it is; {@code bytes} are not understood yet. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Raw(byte[] bytes, Map<String, Object> attributes) {
    /** Of these bytes, whoever wrote them. */
    String fingerprint() {
      return summed(attributes, List.of(ByteBuffer.wrap(bytes)));
    }
  }

  Raw read() {
    try {
      Map<String, Object> attributes = attributes(file);
      if (!Boolean.TRUE.equals(attributes.get("isRegularFile"))) {
        throw damaged("it is not a regular file but a link or folder");
      }
      long size = attributes.get("size") instanceof Long known ? known : 0;
      if (size > LIMIT_BYTES) {
        throw damaged("it has " + size + " bytes; we read up to " + LIMIT_BYTES);
      }
      return new Raw(bytes((int) size), attributes);
    } catch (NoSuchFileException e) {
      throw damaged("it is missing");
    } catch (java.nio.file.FileSystemException e) {
      throw Refusals.of("read", file, e);
    } catch (IOException e) {
      throw damaged(Refusals.reason(e));
    }
  }

  /** Until the file's end, which may have moved from where it was. */
  private byte[] bytes(int size) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(size);
    ByteBuffer past = ByteBuffer.allocate(1);
    try (FileChannel in =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      ChannelSlices.fill(in, bytes);
      ChannelSlices.fill(in, past);
    }
    return bytes.hasRemaining() || past.position() > 0 ? Files.readAllBytes(file) : bytes.array();
  }

  /** The file's bytes, if it is the one that a fingerprint was taken of. */
  Optional<byte[]> readAt(String fingerprint) {
    Raw raw = read();
    return isSealed(fingerprint)
        ? Optional.of(raw.bytes()).filter(bytes -> isAt(fingerprint))
        : Optional.of(raw.bytes()).filter(bytes -> raw.fingerprint().equals(fingerprint));
  }

  /** True if the file is the one that a fingerprint was taken of. Reads it unless we wrote it. */
  boolean isAt(String fingerprint) {
    try {
      if (!isSealed(fingerprint)) {
        return read().fingerprint().equals(fingerprint);
      }
      return fingerprint(attributes(file), SEALED).equals(fingerprint);
    } catch (NoSuchFileException | OcigcException.Damaged e) {
      return false; // whoever reads it next will say why
    } catch (IOException e) {
      throw Refusals.of("look at", file, e);
    }
  }

  private static boolean isSealed(String fingerprint) {
    return fingerprint.endsWith(":" + SEALED);
  }

  /**
   * Replaces the file by these pieces, durably; returns the new one's fingerprint, or empty if the
   * old one is no longer the one that {@code expected} was taken of.
   *
   * <p>The new fingerprint is taken before the rename: what another tool writes right after it is
   * to be seen as different.
   */
  Optional<String> replace(List<ByteBuffer> pieces, String expected, Steps steps) {
    Path temporary = paths.temporary("index.json");
    try {
      try {
        DurableFile.write(temporary, pieces, file);
        String fingerprint = seal(temporary, pieces);
        steps.reached("roots-written");
        if (!isAt(expected)) { // writing and fsyncing took their time
          return Optional.empty();
        }
        DurableFile.rename(temporary, file);
        steps.reached("roots-published");
        return Optional.of(fingerprint);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw Refusals.of("rewrite", file, e);
    }
  }

  /** To the nanosecond: the kernel, for other writers, ticks a few hundred times a second. */
  private static String seal(Path written, List<ByteBuffer> pieces) throws IOException {
    FileTime time = FileTime.from(Instant.now());
    Files.setLastModifiedTime(written, time);
    Map<String, Object> attributes = attributes(written);
    if (time.equals(attributes.get("lastModifiedTime"))) {
      return fingerprint(attributes, SEALED);
    }
    return summed(attributes, pieces); // the file system keeps no such times
  }

  private static String summed(Map<String, Object> attributes, List<ByteBuffer> pieces) {
    CRC32C crc = new CRC32C();
    pieces.forEach(piece -> crc.update(piece.duplicate()));
    return fingerprint(attributes, Long.toHexString(crc.getValue()));
  }

  private static Map<String, Object> attributes(Path file) throws IOException {
    return Files.readAttributes(
        file, "unix:size,ino,lastModifiedTime,isRegularFile", LinkOption.NOFOLLOW_LINKS);
  }

  private static String fingerprint(Map<String, Object> attributes, String content) {
    return attributes.get("size")
        + ":"
        + attributes.get("ino")
        + ":"
        + attributes.get("lastModifiedTime")
        + ":"
        + content;
  }

  OcigcException damaged(String why) {
    return new OcigcException.Damaged(
        file
            + " cannot be read as the store's index: "
            + why
            + ". It says what the store holds, so nothing was removed. Restore it from a copy, or"
            + " write the images into a new layout.");
  }
}
