package io.github.ocigc.oci;

/**
 * How large a file is.
 *
 * @param bytes its length
 * @param allocatedBytes the blocks that it takes on disk: more than its length where the last one
 *     is not full, less where it has holes
 */
public record Size(long bytes, long allocatedBytes) {
  public static final Size ZERO = new Size(0, 0);

  /** What {@code equals} says; a record's own comparison is put together anew in each process. */
  public boolean sameAs(Size other) {
    return bytes == other.bytes && allocatedBytes == other.allocatedBytes;
  }

  public Size plus(Size other) {
    return new Size(bytes + other.bytes, allocatedBytes + other.allocatedBytes);
  }

  public Size minus(Size other) {
    return new Size(bytes - other.bytes, allocatedBytes - other.allocatedBytes);
  }
}
