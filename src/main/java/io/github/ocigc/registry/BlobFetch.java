package io.github.ocigc.registry;

import io.github.ocigc.oci.BlobSink;
import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.OcigcException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Fetches one blob into a sink and goes on from where it broke off (distribution-spec 1.1, "Pulling
 * blobs"; RFC 9110, 14). Made for one blob, used by one thread.
 */
final class BlobFetch {
  private final Line line;
  private final Descriptor blob;
  private final BlobSink sink;
  private final LongConsumer moved;
  private final String doing;
  private long furthest;

  BlobFetch(Line line, Descriptor blob, BlobSink sink, LongConsumer moved) {
    this.line = line;
    this.blob = blob;
    this.sink = sink;
    this.moved = moved;
    this.doing = "Fetching the blob " + blob.digest() + " from " + line.place();
  }

  void run() {
    if (blob.sizeBytes() >= 0 && sink.position() > blob.sizeBytes()) {
      restart();
    }
    furthest = sink.position();
    Attempts attempts = line.attempts(doing);
    boolean done = sink.position() == blob.sizeBytes();
    while (!done) {
      try {
        done = attempt();
      } catch (TransientFailure failure) {
        if (sink.position() > furthest) {
          furthest = sink.position();
          attempts.progressed();
        }
        attempts.failed(failure);
      }
    }
  }

  private void restart() {
    long forgotten = sink.position();
    try {
      sink.restart();
    } catch (IOException e) {
      throw refused(e);
    }
    moved.accept(-forgotten);
  }

  /** True if there are no more bytes to come. */
  private boolean attempt() throws TransientFailure {
    long from = sink.position();
    Call call = Call.get(doing, line.uri("blobs/" + blob.digest()), line.pulling());
    try (Answer answer = line.once(from > 0 ? call.with("Range", "bytes=" + from + "-") : call)) {
      switch (answer.status()) {
        case 200 -> {
          agreed(answer.announcedLength().orElse(-1));
          return take(answer, from, answer.announcedLength().orElse(-1));
        }
        case 206 -> {
          return take(answer, 0, total(answer, from));
        }
        case 416 -> {
          restart();
          throw new TransientFailure("the registry has no bytes from " + from + " on");
        }
        case 404 ->
            throw new OcigcException.NotFound(
                "The blob "
                    + blob.digest()
                    + " is not in "
                    + line.place()
                    + ", though a manifest may name it. Check the name, or push the image again.");
        default -> throw line.refused(call, answer);
      }
    }
  }

  private long total(Answer answer, long from) {
    String header = answer.header("Content-Range").orElse("");
    ContentRange range =
        ContentRange.parse(header)
            .filter(r -> r.first() == from)
            .orElseThrow(
                () ->
                    new OcigcException.RegistryFailed(
                        doing
                            + " failed: the bytes from "
                            + from
                            + " on were asked for, and it sent '"
                            + Printable.text(header)
                            + "'. Something between here and the registry handles ranges badly."));
    agreed(range.total());
    return range.total() >= 0 ? range.total() : range.last() + 1;
  }

  private void agreed(long announced) {
    if (announced >= 0 && blob.sizeBytes() >= 0 && announced != blob.sizeBytes()) {
      throw lies("announces " + announced + " bytes");
    }
  }

  private OcigcException lies(String found) {
    return new OcigcException.RegistryFailed(
        doing
            + " failed: the registry "
            + found
            + " where the manifest says "
            + blob.sizeBytes()
            + ". One of the two lies about the length; nothing of it was used.");
  }

  /** Writes what comes, but for the first bytes that the sink has already. */
  private boolean take(Answer answer, long skip, long total) throws TransientFailure {
    long known = blob.sizeBytes() >= 0 ? blob.sizeBytes() : total;
    try {
      long toSkip = skip;
      Body body = answer.body();
      for (List<ByteBuffer> some = body.next(); !body.ended(); some = body.next()) {
        for (ByteBuffer buffer : some) {
          int over = (int) Math.min(toSkip, buffer.remaining());
          buffer.position(buffer.position() + over);
          toSkip -= over;
          give(buffer, known);
        }
      }
    } catch (IOException e) {
      throw NetworkTrouble.of(doing, answer.uri(), e);
    } catch (InterruptedException e) {
      throw Interruption.of(doing);
    }
    if (known >= 0 && sink.position() < known) {
      throw new TransientFailure(
          "the answer ended after " + sink.position() + " of " + known + " bytes");
    }
    return true;
  }

  private void give(ByteBuffer buffer, long known) {
    int length = buffer.remaining();
    if (length == 0) {
      return;
    }
    if (known >= 0 && sink.position() + length > known) {
      throw lies("sends more bytes");
    }
    try {
      sink.write(buffer);
    } catch (IOException e) {
      throw refused(e);
    }
    moved.accept(length);
  }

  private OcigcException refused(IOException e) {
    return new OcigcException.Refused(
        doing + " failed: it cannot be written here (" + e.getMessage() + ").", e);
  }
}
