package io.github.ocigc.ledger;

import io.github.ocigc.oci.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Numbers digests from 0 in the order in which they come, at some 50 bytes each: a store of a
 * million blobs fits a small heap. Not safe for use by several threads.
 */
final class DigestTable {
  private static final int SHA256_WORDS = 4;
  private static final byte[] SHA256_PREFIX = "sha256:".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] SHA512_PREFIX = "sha512:".getBytes(StandardCharsets.ISO_8859_1);
  private static final int PREFIX_LENGTH = SHA256_PREFIX.length;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

  private long[] words = new long[1 << 12];
  private int[] offsets = new int[1 << 10];
  private int[] slots = new int[1 << 11];
  private int used;
  private int size;

  int size() {
    return size;
  }

  /** The digest's number, given now if it has none yet. */
  int number(Digest digest) {
    long[] key = words(digest);
    int slot = slot(key);
    if (slots[slot] != 0) {
      return slots[slot] - 1;
    }
    append(key);
    slots[slot] = size;
    if (size * 2 > slots.length) {
      grow();
    }
    return size - 1;
  }

  /** The digest's number, or -1. */
  int find(Digest digest) {
    return slots[slot(words(digest))] - 1;
  }

  Digest digest(int number) {
    String text = text(number);
    return Digest.parse(text).orElseThrow(() -> new IllegalStateException(text));
  }

  /** As {@link Digest#prefix}. */
  long prefix(int number) {
    return words[offsets[number]];
  }

  /** As {@link Digest#toString} would have it. */
  String text(int number) {
    int first = offsets[number];
    byte[] text = new byte[PREFIX_LENGTH + length(number) * 16];
    byte[] prefix = length(number) == SHA256_WORDS ? SHA256_PREFIX : SHA512_PREFIX;
    System.arraycopy(prefix, 0, text, 0, PREFIX_LENGTH);
    for (int i = 0; i < length(number); i++) {
      long word = words[first + i];
      for (int at = PREFIX_LENGTH + i * 16 + 15; at >= PREFIX_LENGTH + i * 16; at--) {
        text[at] = HEX[(int) word & 0xf];
        word >>>= 4;
      }
    }
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /**
   * All numbers, in the order of the digests' texts. Each is sorted as the lower half of a word
   * whose upper half is what its digest begins with, and the few whose digests begin alike once
   * more: a tenth of the time that it takes to compare digests.
   */
  int[] inOrder() {
    long[] sorted = LongStream.range(0, size).map(n -> beginning((int) n) | n).toArray();
    Arrays.sort(sorted);
    int[] numbers = Arrays.stream(sorted).mapToInt(word -> (int) word).toArray();
    for (int from = 0, to = 1; from < size; from = to++) {
      while (to < size && beginning(numbers[to]) == beginning(numbers[from])) {
        to++;
      }
      if (to - from > 1) {
        sort(numbers, from, to);
      }
    }
    return numbers;
  }

  /** Rises with the digests, and is the same for some; the lower half is zero. */
  private long beginning(int number) {
    long beginning = prefix(number) >>> 1 & -1L << Integer.SIZE;
    return length(number) == SHA256_WORDS ? beginning | Long.MIN_VALUE : beginning;
  }

  private void sort(int[] numbers, int from, int to) {
    int[] sorted =
        Arrays.stream(numbers, from, to)
            .boxed()
            .sorted(this::compare)
            .mapToInt(Integer::intValue)
            .toArray();
    System.arraycopy(sorted, 0, numbers, from, sorted.length);
  }

  /** Of sha256 and sha512, the shorter comes first in both ways. */
  private int compare(int a, int b) {
    int lengths = Integer.compare(length(a), length(b));
    return lengths != 0
        ? lengths
        : Arrays.compareUnsigned(
            words, offsets[a], offsets[a + 1], words, offsets[b], offsets[b + 1]);
  }

  private int length(int number) {
    return offsets[number + 1] - offsets[number];
  }

  private static long[] words(Digest digest) {
    byte[] hex = digest.encoded().getBytes(StandardCharsets.ISO_8859_1);
    long[] key = new long[hex.length / 16];
    for (int i = 0; i < key.length; i++) {
      long word = 0;
      for (int at = i * 16; at < i * 16 + 16; at++) {
        word = word << 4 | (hex[at] & 0xf) + (hex[at] >> 6) * 9; // '0' is 0x30, 'a' is 0x61
      }
      key[i] = word;
    }
    return key;
  }

  private int slot(long[] key) {
    int slot = firstSlot(key[0], key[1]);
    while (slots[slot] != 0 && !equals(slots[slot] - 1, key)) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private int firstSlot(long word, long next) {
    return (int) (word ^ next * 31) & (slots.length - 1);
  }

  private boolean equals(int number, long[] key) {
    int first = offsets[number];
    if (offsets[number + 1] - first != key.length) {
      return false;
    }
    for (int i = 0; i < key.length; i++) {
      if (words[first + i] != key[i]) {
        return false;
      }
    }
    return true;
  }

  private void append(long[] key) {
    if (used + key.length > words.length) {
      words = Arrays.copyOf(words, words.length * 2);
    }
    if (size + 2 > offsets.length) {
      offsets = Arrays.copyOf(offsets, offsets.length * 2);
    }
    System.arraycopy(key, 0, words, used, key.length);
    used += key.length;
    offsets[++size] = used;
  }

  private void grow() {
    slots = new int[slots.length * 2];
    for (int i = 0; i < size; i++) {
      int slot = firstSlot(words[offsets[i]], words[offsets[i] + 1]);
      while (slots[slot] != 0) { // no digest is there twice
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = i + 1;
    }
  }
}
