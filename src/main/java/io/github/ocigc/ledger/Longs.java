package io.github.ocigc.ledger;

import java.util.Arrays;

/** A growing array of longs. */
final class Longs {
  private long[] values = new long[16];
  private int size;

  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  long get(int index) {
    return values[index];
  }

  /** Where a value stands among rising ones; negative if nowhere. */
  int find(long value) {
    return Arrays.binarySearch(values, 0, size, value);
  }
}
