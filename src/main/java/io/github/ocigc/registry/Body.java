package io.github.ocigc.registry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an answer, handed over as they arrive and no faster than they are taken: a few
 * buffers wait, never a whole blob. Taken by one thread. Closing before the end gives the
 * connection up.
 */
final class Body implements HttpResponse.BodySubscriber<Body>, AutoCloseable {
  private static final int AHEAD = 8;

  /** What comes from the connection. */
  private sealed interface Item {}

  private record Bytes(List<ByteBuffer> buffers) implements Item {}

  private record End() implements Item {}

  private record Broken(Throwable why) implements Item {}

  private final BlockingQueue<Item> arrived = new LinkedBlockingQueue<>();
  private final Duration stall;
  private volatile Flow.@Nullable Subscription subscription;
  private volatile boolean closed;
  private boolean ended;

  /**
   * @param stall how long to wait for the next byte
   */
  Body(Duration stall) {
    this.stall = stall;
  }

  static Body empty() {
    Body body = new Body(Duration.ZERO);
    body.onComplete();
    return body;
  }

  @Override
  public CompletionStage<Body> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    if (closed) {
      given.cancel();
    } else {
      given.request(AHEAD);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    arrived.add(new Bytes(buffers));
  }

  @Override
  public void onError(Throwable why) {
    arrived.add(new Broken(why));
  }

  @Override
  public void onComplete() {
    arrived.add(new End());
  }

  /** The next bytes; an empty list at the end. Throws HttpTimeoutException when none come. */
  List<ByteBuffer> next() throws IOException, InterruptedException {
    if (ended) {
      return List.of();
    }
    Item item = arrived.poll(stall.toMillis(), TimeUnit.MILLISECONDS);
    if (item == null) {
      throw new HttpTimeoutException("no byte came for " + stall.toSeconds() + " s");
    }
    if (item instanceof Bytes bytes) {
      Flow.Subscription from = subscription;
      if (from != null) {
        from.request(1);
      }
      return bytes.buffers();
    }
    ended = true;
    if (item instanceof Broken broken) {
      throw new IOException(broken.why().getMessage(), broken.why());
    }
    return List.of();
  }

  /** All bytes, or the first {@code limit} and one more if there are more. */
  byte[] upTo(int limit) throws IOException, InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (List<ByteBuffer> some = next(); !some.isEmpty() || !ended; some = next()) {
      for (ByteBuffer buffer : some) {
        byte[] bytes = new byte[Math.min(buffer.remaining(), limit + 1 - out.size())];
        buffer.get(bytes);
        out.writeBytes(bytes);
      }
      if (out.size() > limit) {
        break;
      }
    }
    return out.toByteArray();
  }

  boolean ended() {
    return ended;
  }

  @Override
  public void close() {
    closed = true;
    Flow.Subscription from = subscription;
    if (from != null && !ended) {
      from.cancel();
    }
  }
}
