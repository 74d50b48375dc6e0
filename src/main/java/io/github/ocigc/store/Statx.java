package io.github.ocigc.store;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import io.github.ocigc.oci.Size;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The system call statx of Linux, whose answer has the same layout on every processor. Loaded when
 * it is first needed; as quick as what Java has. Safe for use by several threads.
 */
final class Statx {
  private static final int AT_FDCWD = -100;
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int TYPE_SIZE_AND_BLOCKS = 0x1 | 0x200 | 0x400;
  private static final int STRUCT_BYTES = 256;
  private static final int MASK_AT = 0;
  private static final int MODE_AT = 28;
  private static final int SIZE_AT = 40;
  private static final int BLOCKS_AT = 48;
  private static final int BLOCK_BYTES = 512;
  private static final int FORMAT = 0xf000;
  private static final int FOLDER = 0x4000;
  private static final int REGULAR = 0x8000;

  private static final boolean LOADED = load();
  private static final Charset OF_PATHS =
      Charset.forName(System.getProperty("sun.jnu.encoding", StandardCharsets.UTF_8.name()));

  private Statx() {}

  /** False where there is no such call, or nowhere to unpack the library that makes it. */
  private static boolean load() {
    if (!Platform.isLinux()) {
      return false;
    }
    try {
      Native.register(Statx.class, NativeLibrary.getProcess()); // which has the C library
      return true;
    } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
      return false;
    }
  }

  /** By addresses: the library would copy arrays there and back. */
  private static native int statx(int folder, long path, int flags, int mask, long answer)
      throws LastErrorException;

  /** What one thread passes to the kernel, and gets back. */
  private static final class Exchange {
    private static final int PATH_BYTES = 4096; // PATH_MAX, the zero included

    final ByteBuffer path = ByteBuffer.allocateDirect(PATH_BYTES);
    final ByteBuffer answer =
        ByteBuffer.allocateDirect(STRUCT_BYTES).order(ByteOrder.nativeOrder());
    private final long pathAt = address(path);
    private final long answerAt = address(answer);

    private static long address(ByteBuffer buffer) {
      return Pointer.nativeValue(Native.getDirectBufferPointer(buffer));
    }

    void call(byte[] name) throws LastErrorException {
      path.clear().put(name).put((byte) 0);
      statx(AT_FDCWD, pathAt, AT_SYMLINK_NOFOLLOW, TYPE_SIZE_AND_BLOCKS, answerAt);
    }
  }

  private static final ThreadLocal<Exchange> EXCHANGE = ThreadLocal.withInitial(Exchange::new);

  /** Empty for every failure: who asks in another way finds out which. */
  static Optional<FileStat> of(Path path) {
    if (!LOADED) {
      return Optional.empty();
    }
    byte[] name = path.toString().getBytes(OF_PATHS);
    if (name.length >= Exchange.PATH_BYTES) {
      return Optional.empty();
    }
    Exchange exchange = EXCHANGE.get();
    try {
      exchange.call(name);
    } catch (LastErrorException e) {
      return Optional.empty();
    }
    ByteBuffer answer = exchange.answer;
    if ((answer.getInt(MASK_AT) & TYPE_SIZE_AND_BLOCKS) != TYPE_SIZE_AND_BLOCKS) {
      return Optional.empty();
    }
    int format = answer.getShort(MODE_AT) & FORMAT;
    return Optional.of(
        new FileStat(
            format == REGULAR,
            format == FOLDER,
            new Size(answer.getLong(SIZE_AT), answer.getLong(BLOCKS_AT) * BLOCK_BYTES)));
  }
}
