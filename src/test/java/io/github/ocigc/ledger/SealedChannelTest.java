package io.github.ocigc.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.h2.store.fs.FileBaseDefault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An fsync is left out only where nothing was written since the last. */
class SealedChannelTest {
  private static final long PAST_THE_HEADERS = StoreHeader.BYTES;

  @TempDir Path folder;
  private CountedFile file;
  private SealedChannel channel;

  @BeforeEach
  void open() throws IOException {
    file =
        new CountedFile(
            FileChannel.open(
                folder.resolve("file"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE));
    channel = new SealedChannel(file, true);
  }

  @AfterEach
  void close() throws IOException {
    channel.close();
  }

  private void write() throws IOException {
    channel.write(ByteBuffer.wrap(new byte[100]), PAST_THE_HEADERS);
  }

  @Test
  void whatAnotherProcessWroteMayNotBeOnTheDisk() throws IOException {
    channel.force(true);
    assertThat(file.forced).isEqualTo(1);
    channel.force(true);
    assertThat(file.forced).isEqualTo(1);
  }

  @Test
  void eachChangeIsSynced() throws IOException {
    write();
    channel.force(true);
    write();
    channel.force(false);
    channel.force(true);
    assertThat(file.forced).isEqualTo(2);
    channel.truncate(PAST_THE_HEADERS);
    channel.force(true);
    assertThat(file.forced).isEqualTo(3);
  }

  @Test
  void whatFailedIsTriedAgain() throws IOException {
    write();
    file.fails = true;
    assertThatThrownBy(() -> channel.force(true)).hasMessage("no space left");
    file.fails = false;
    channel.force(true);
    assertThat(file.forced).isEqualTo(1);
  }

  private static final class CountedFile extends FileBaseDefault {
    private final FileChannel file;
    private int forced;
    private boolean fails;

    CountedFile(FileChannel file) {
      this.file = file;
    }

    @Override
    public void force(boolean metaData) throws IOException {
      if (fails) {
        throw new IOException("no space left");
      }
      file.force(metaData);
      forced++;
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public int read(ByteBuffer bytes, long position) throws IOException {
      return file.read(bytes, position);
    }

    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
      return file.write(bytes, position);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return file.tryLock(position, size, shared);
    }

    @Override
    protected void implTruncate(long size) throws IOException {
      file.truncate(size);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      file.close();
    }
  }
}
