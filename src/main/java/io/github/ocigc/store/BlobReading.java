package io.github.ocigc.store;

import io.github.ocigc.oci.Document;
import io.github.ocigc.oci.Form;
import io.github.ocigc.oci.Hash;
import io.github.ocigc.oci.Size;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Finding out what a file in a blob's place is. Safe for use by many threads. */
final class BlobReading {
  /** Where an object begins, it begins within these. */
  private static final int HEAD_BYTES = 4096;

  /** Each thread's own, since one is filled for every blob of a store. Most manifests fit. */
  private static final ThreadLocal<ByteBuffer> HEAD =
      ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(HEAD_BYTES));

  private static final Set<OpenOption> TO_READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private final Document.Dialect dialect;
  private final long manifestLimitBytes;

  BlobReading(Document.Dialect dialect, long manifestLimitBytes) {
    this.dialect = dialect;
    this.manifestLimitBytes = manifestLimitBytes;
  }

  /** See {@link BlobFolder#facts}. */
  BlobFacts facts(Path path) {
    try {
      FileStat file = FileStat.of(path);
      if (!file.regular()) {
        return BlobFacts.of(Form.NOT_A_FILE, new Size(0, file.size().allocatedBytes()));
      }
      return read(path, file.size());
    } catch (NoSuchFileException e) {
      return BlobFacts.ABSENT;
    } catch (IOException e) {
      return BlobFacts.of(Form.UNREADABLE, Size.ZERO);
    }
  }

  /** See {@link BlobFolder#hashed}. */
  Optional<BlobFolder.Hashed> hashed(Path path, String algorithm, int limitBytes) {
    try {
      FileStat file = FileStat.of(path);
      long size = file.size().bytes();
      if (!file.regular() || size > Math.min(limitBytes, manifestLimitBytes)) {
        return Optional.empty();
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) size + 1); // one more, to meet the end
      try (FileChannel in = FileChannel.open(path, TO_READ)) {
        ChannelSlices.fill(in, bytes);
      }
      if (bytes.position() != size) {
        return Optional.empty();
      }
      byte[] all = Arrays.copyOf(bytes.array(), (int) size);
      ByteBuffer head = ByteBuffer.wrap(all, 0, (int) Math.min(size, HEAD_BYTES));
      BlobFacts facts = beginsObject(head) ? document(all, file.size()) : opaque(file.size());
      return Optional.of(new BlobFolder.Hashed(facts, Hash.of(all, algorithm)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static BlobFacts opaque(Size file) {
    return BlobFacts.of(Form.OPAQUE, file);
  }

  private BlobFacts document(byte[] bytes, Size file) {
    Optional<Document> document = Document.read(bytes, dialect);
    if (document.isEmpty()) {
      return opaque(file);
    }
    Form form = document.get().problems().isEmpty() ? Form.DOCUMENT : Form.MALFORMED;
    return new BlobFacts(form, file, document);
  }

  private BlobFacts read(Path path, Size file) throws IOException {
    long size = file.bytes();
    if (size == 0) {
      return opaque(file);
    }
    try (FileChannel in = FileChannel.open(path, TO_READ)) {
      boolean large = size > manifestLimitBytes;
      ByteBuffer head = HEAD.get().clear();
      head.limit((int) Math.min(size, head.capacity()));
      ChannelSlices.fill(in, head);
      head.flip();
      if (!beginsObject(head)) {
        return opaque(file);
      }
      if (large) {
        return BlobFacts.of(Form.TOO_LARGE, file);
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) size).put(head);
      ChannelSlices.fill(in, bytes);
      return document(bytes.array(), file);
    }
  }

  private static boolean beginsObject(ByteBuffer bytes) {
    for (int i = 0; i < bytes.limit(); i++) {
      byte b = bytes.get(i);
      if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
        return b == '{';
      }
    }
    return false;
  }
}
