package io.github.ocigc.archive;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A tar, plain or gzip. Nothing in it tells when, where or by whom it was written: times are the
 * epoch, owners are root, so that the same content gives the same bytes. Names over 100 bytes and
 * files over 8 GiB have a pax header.
 */
final class TarContainer implements Container {
  private static final int FOLDER_MODE = 0755;
  private static final int FILE_MODE = 0644;
  private static final int BUFFER_BYTES = 1 << 17;

  private final Path file;
  private final FileChannel channel;
  private final BufferedOutputStream buffered;
  private final @Nullable GZIPOutputStream gzip;
  private final TarArchiveOutputStream tar;

  TarContainer(Path file, boolean compressed) throws IOException {
    this.file = file;
    this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    this.buffered = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
    this.gzip = compressed ? new QuickGzip(buffered) : null;
    this.tar =
        new TarArchiveOutputStream(gzip == null ? buffered : gzip, StandardCharsets.UTF_8.name());
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
  }

  @Override
  public void folder(String name) throws IOException {
    tar.putArchiveEntry(entry(name + "/", FOLDER_MODE, 0));
    tar.closeArchiveEntry();
  }

  @Override
  public OutputStream file(String name, long size) throws IOException {
    tar.putArchiveEntry(entry(name, FILE_MODE, size));
    return new FilterOutputStream(tar) {
      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
      }

      @Override
      public void close() throws IOException {
        tar.closeArchiveEntry();
      }
    };
  }

  private static TarArchiveEntry entry(String name, int mode, long size) {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setMode(mode);
    entry.setSize(size);
    entry.setModTime(0);
    entry.setIds(0, 0);
    entry.setNames("root", "root");
    return entry;
  }

  @Override
  public void complete() throws IOException {
    tar.finish();
    if (gzip != null) {
      gzip.finish();
    }
    buffered.flush();
    channel.force(true);
    channel.close();
  }

  @Override
  public void abandon() {
    try (channel) {
      Files.deleteIfExists(file);
    } catch (IOException leftBehind) {
      // its name says that it is temporary, and the error that brought us here matters more
    }
  }

  /** Most layers are compressed already: what more effort would save is not worth its time. */
  private static final class QuickGzip extends GZIPOutputStream {
    QuickGzip(OutputStream out) throws IOException {
      super(out, BUFFER_BYTES);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
