package io.github.ocigc.peers;

import io.github.ocigc.archive.ImageSource;
import io.github.ocigc.oci.BlobSink;
import io.github.ocigc.oci.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Puts one blob into one file. */
record FileSinks(Path file) implements ImageSource.Sinks {
  @Override
  public BlobSink begin(Digest digest, long size) {
    return new BlobSink() {
      private long position;

      @Override
      public long position() {
        return position;
      }

      @Override
      public void write(ByteBuffer bytes) throws IOException {
        position += bytes.remaining();
        try (FileChannel out =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
          out.write(bytes);
        }
      }

      @Override
      public void restart() {
        throw new IllegalStateException("nothing was there to begin with");
      }
    };
  }

  @Override
  public void end(Digest digest) {}
}
