package io.github.ocigc.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Optional;
import org.h2.mvstore.DataUtils;

/**
 * A chunk that the database writes: what one commit has changed. It begins with a line of text.
 *
 * @param id in hexadecimal digits, as in the file
 * @param block where it begins, in blocks of 4096 bytes
 * @param version goes up by each commit
 */
record WrittenChunk(String id, long block, long version) {
  private static final int LINE_BYTES = 1024;
  private static final byte[] BEGINNING = "chunk:".getBytes(StandardCharsets.ISO_8859_1);

  /** Empty if these bytes do not begin a chunk, or its last line. They are not consumed. */
  static Optional<WrittenChunk> in(ByteBuffer bytes, long position) {
    byte[] line = new byte[Math.min(LINE_BYTES, bytes.remaining())];
    bytes.duplicate().get(line);
    if (line.length < BEGINNING.length
        || !ByteBuffer.wrap(line, 0, BEGINNING.length).equals(ByteBuffer.wrap(BEGINNING))) {
      return Optional.empty();
    }
    String text = new String(line, StandardCharsets.ISO_8859_1);
    int end = text.indexOf('\n');
    try {
      HashMap<String, String> fields =
          DataUtils.parseMap((end < 0 ? text : text.substring(0, end)).trim());
      return Optional.of(
          new WrittenChunk(
              fields.getOrDefault("chunk", ""),
              position / StoreHeader.COPY_BYTES,
              Long.parseLong(fields.getOrDefault("version", ""), 16)));
    } catch (RuntimeException torn) {
      return Optional.empty();
    }
  }
}
