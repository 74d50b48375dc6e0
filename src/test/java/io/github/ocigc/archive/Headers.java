package io.github.ocigc.archive;

import java.nio.charset.StandardCharsets;

/** Changes headers of a finished tar to what no library would write, with a right checksum. */
final class Headers {
  private Headers() {}

  static byte[] withSize(byte[] tar, int header, byte[] size) {
    byte[] changed = tar.clone();
    System.arraycopy(size, 0, changed, header + 124, 12);
    return summed(changed, header);
  }

  static byte[] withType(byte[] tar, int header, byte type) {
    byte[] changed = tar.clone();
    changed[header + 156] = type;
    return summed(changed, header);
  }

  private static byte[] summed(byte[] tar, int header) {
    int sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += i >= 148 && i < 156 ? ' ' : tar[header + i] & 0xff;
    }
    byte[] text = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, tar, header + 148, 8);
    return tar;
  }
}
