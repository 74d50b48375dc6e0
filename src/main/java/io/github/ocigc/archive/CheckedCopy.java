package io.github.ocigc.archive;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Hash;
import io.github.ocigc.oci.OcigcException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;

/** Copies a blob and holds it against its digest and length. */
final class CheckedCopy {
  private static final int BUFFER_BYTES = 1 << 17;

  private CheckedCopy() {}

  /** Never writes more than {@code size} bytes; says as damage what is not as it should be. */
  static void copy(InputStream in, OutputStream out, Digest digest, long size) throws IOException {
    MessageDigest hash = Hash.begin(digest);
    byte[] buffer = new byte[BUFFER_BYTES];
    long left = size;
    while (left > 0) {
      int n = read(in, buffer, (int) Math.min(buffer.length, left), digest);
      if (n < 0) {
        throw damaged(digest, "ends after " + (size - left) + " of its " + size + " bytes");
      }
      hash.update(buffer, 0, n);
      out.write(buffer, 0, n);
      left -= n;
    }
    if (read(in, buffer, 1, digest) >= 0) {
      throw damaged(digest, "has more than its " + size + " bytes");
    }
    if (!Hash.finish(digest, hash).equals(digest)) {
      throw damaged(digest, "has bytes with another digest");
    }
  }

  /** What cannot be read is another's fault than what cannot be written. */
  private static int read(InputStream in, byte[] buffer, int length, Digest digest) {
    try {
      return in.read(buffer, 0, length);
    } catch (IOException e) {
      throw Trouble.refused("read", digest, e);
    }
  }

  private static RuntimeException damaged(Digest digest, String why) {
    return new OcigcException.Damaged(
        "The blob "
            + digest
            + " "
            + why
            + ", so nothing was written out. See what else is damaged with 'ocigc-ledger check"
            + " --check-bytes'.");
  }
}
