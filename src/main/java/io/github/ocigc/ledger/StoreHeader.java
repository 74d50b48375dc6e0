package io.github.ocigc.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.h2.mvstore.DataUtils;

/**
 * What the database's file begins with: two copies of a line that names the newest chunk. With
 * {@code clean} in it the database takes that chunk, if the 19 before it are all in their places;
 * without, it looks for a newer one at the file's end and where it would have been put. See "File
 * Format" in H2's description of its MVStore.
 *
 * <p>Two fields are ours: {@code sealed} is the version again, if {@link SealedChannel} has written
 * the line; {@code doubt} the one that the last crash left.
 */
record StoreHeader(Map<String, String> fields) {
  static final int COPY_BYTES = 4096;
  static final int BYTES = 2 * COPY_BYTES;
  private static final int DOUBTFUL_VERSIONS = 20;

  StoreHeader {
    fields = Map.copyOf(fields);
  }

  /** Empty if it is not whole. */
  static Optional<StoreHeader> parse(byte[] copy) {
    String text = new String(copy, StandardCharsets.ISO_8859_1);
    int end = text.indexOf('\n');
    int sum = text.indexOf(",fletcher:");
    if (sum < 0 || end < sum) {
      return Optional.empty();
    }
    try {
      HashMap<String, String> fields = DataUtils.parseMap(text.substring(0, end));
      String fletcher = fields.remove("fletcher");
      return sum(text.substring(0, sum)).equals(fletcher)
          ? Optional.of(new StoreHeader(fields))
          : Optional.empty();
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  long version() {
    return number("version");
  }

  boolean clean() {
    return fields.containsKey("clean");
  }

  /** True if there is no chunk that is newer and whole, or none that anybody was promised. */
  boolean sealed() {
    return fields.containsKey("sealed") && number("sealed") == version();
  }

  private long number(String field) {
    return Long.parseLong(fields.getOrDefault(field, "0"), 16);
  }

  /** The same file with another newest chunk. */
  StoreHeader naming(WrittenChunk chunk) {
    Map<String, String> named = new HashMap<>(fields);
    named.put("chunk", chunk.id());
    named.put("block", Long.toHexString(chunk.block()));
    named.put("version", Long.toHexString(chunk.version()));
    named.put("sealed", Long.toHexString(chunk.version()));
    named.remove("clean");
    return new StoreHeader(named);
  }

  /** The same file, in use. A new one, without a chunk, is in no doubt. */
  StoreHeader opened() {
    Map<String, String> opened = new HashMap<>(fields);
    if (opened.remove("clean") == null && version() > 0) {
      opened.put("doubt", Long.toHexString(version()));
    }
    return new StoreHeader(opened);
  }

  /**
   * The same file, closed. After a crash an empty chunk may be listed whose place another chunk
   * has: while it is among the newest the database would not take that well.
   */
  StoreHeader closed() {
    if (fields.containsKey("doubt") && version() <= number("doubt") + DOUBTFUL_VERSIONS) {
      return this;
    }
    Map<String, String> closed = new HashMap<>(fields);
    closed.remove("doubt");
    closed.put("clean", "1");
    return new StoreHeader(closed);
  }

  /** One copy. */
  ByteBuffer copy() {
    StringBuilder text = DataUtils.appendMap(new StringBuilder(), new HashMap<>(fields));
    DataUtils.appendMap(text, "fletcher", sum(text.toString()));
    text.append('\n');
    return ByteBuffer.allocate(COPY_BYTES)
        .put(text.toString().getBytes(StandardCharsets.ISO_8859_1))
        .rewind();
  }

  private static String sum(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return Integer.toHexString(DataUtils.getFletcher32(bytes, 0, bytes.length));
  }
}
