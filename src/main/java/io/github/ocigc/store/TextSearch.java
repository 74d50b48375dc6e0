package io.github.ocigc.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds an ASCII text among bytes: looks at the byte where the text would end, and goes on by as
 * many as that byte allows (Horspool's way), so at a small part of all bytes.
 */
final class TextSearch {
  /** So far it goes in short strides: by then, what takes them is compiled. */
  private static final int WARM_UP_BYTES = 1 << 15;

  private static final int FIRST_STRIDE = 1 << 4;
  private static final int STRIDE = 1 << 12;

  private final byte[] bytes;
  private final byte[] text;

  /** By the byte at the text's end: how much farther the text's next end can be. */
  private final int[] steps = new int[256];

  TextSearch(byte[] bytes, String text) {
    this.bytes = bytes;
    this.text = text.getBytes(StandardCharsets.US_ASCII);
    Arrays.fill(steps, this.text.length);
    for (int i = 0; i < this.text.length - 1; i++) {
      steps[this.text[i]] = this.text.length - 1 - i;
    }
  }

  /**
   * How many bytes a call takes that begins after so many. A call of this length is compiled before
   * long, a loop over all bytes would not be; and the shorter the first calls, the fewer bytes are
   * passed before.
   */
  static int stride(int passed) {
    return passed < WARM_UP_BYTES ? FIRST_STRIDE : STRIDE;
  }

  /** Where the text begins that is the first at or after {@code start}; {@code end} if none is. */
  int next(int start, int end) {
    int last = start + text.length - 1;
    while (last < end) {
      int stop = Math.min(end, last + stride(last));
      last = seek(last, stop);
      if (last < stop) {
        return last - text.length + 1;
      }
    }
    return end;
  }

  /** The first end of the text from {@code last} on, or where to look next if none is. */
  private int seek(int last, int stop) {
    byte[] all = bytes; // a field would be read for each byte
    int[] ahead = steps;
    int length = text.length;
    byte lastByte = text[length - 1];
    int place = last;
    while (place < stop
        && (all[place] != lastByte
            || !Arrays.equals(all, place - length + 1, place + 1, text, 0, length))) {
      place += ahead[all[place] & 0xff];
    }
    return place;
  }
}
