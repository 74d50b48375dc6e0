package io.github.ocigc.registry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One request and its answer, nothing repeated and nothing followed. It watches that something
 * happens: while a payload moves the request may last, however long it is. Safe for many threads.
 */
final class Wire {
  private static final Duration CONNECT = Duration.ofSeconds(20);
  private static final long TICK_MILLIS = 200;

  /** A registry may take its time over what it has just been given. */
  private static final int PATIENCE_AFTER_PAYLOAD = 5;

  private final HttpClient client;
  private final ProxyChoice proxies;
  private final Duration stall;

  Wire(RegistryOptions options) {
    this.proxies = new ProxyChoice(options.environment());
    this.stall = options.retries().stall();
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .proxy(proxies);
    Trust.context(options).ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  Answer send(Call call, Optional<String> authorization) throws IOException, InterruptedException {
    try (Payload payload = call.payload()) {
      return await(client.sendAsync(request(call, authorization), i -> new Body(stall)), payload);
    }
  }

  private HttpRequest request(Call call, Optional<String> authorization) {
    URI uri = call.uri();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .method(call.method(), call.payload().publisher())
            .header("User-Agent", "ocigc-ledger");
    if (uri.getScheme().equals("http")) {
      request.version(HttpClient.Version.HTTP_1_1); // no offer to upgrade, which some refuse
    }
    call.headers().forEach(request::header);
    authorization.ifPresent(value -> request.header("Authorization", value));
    proxies.authorization(uri).ifPresent(value -> request.header("Proxy-Authorization", value));
    return request.build();
  }

  private Answer await(CompletableFuture<HttpResponse<Body>> sent, Payload payload)
      throws IOException, InterruptedException {
    boolean carries = payload != Payload.NONE;
    long patience = stall.toNanos() * (carries ? PATIENCE_AFTER_PAYLOAD : 1);
    long tick = Math.min(TICK_MILLIS, stall.toMillis());
    long since = System.nanoTime();
    try {
      while (true) {
        try {
          return new Answer(sent.get(tick, TimeUnit.MILLISECONDS));
        } catch (TimeoutException notYet) {
          if (payload.advanced()) {
            since = System.nanoTime();
          } else if (System.nanoTime() - since > patience) {
            sent.cancel(true);
            throw new HttpTimeoutException(
                "no answer for " + TimeUnit.NANOSECONDS.toSeconds(patience) + " s");
          }
        }
      }
    } catch (InterruptedException e) {
      sent.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io
          ? io
          : new IOException(String.valueOf(e.getCause()), e.getCause());
    }
  }
}
