package io.github.ocigc.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Just enough of a registry, on loopback, for {@link Rehearsal}: it gives the manifests and blobs
 * of a layout, and takes whatever is pushed.
 */
final class RehearsalRegistry implements AutoCloseable {
  private final Path blobs;
  private final String manifest;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);

  /** {@code manifest}: the digest behind every tag. */
  RehearsalRegistry(Path blobs, String manifest) throws IOException {
    this.blobs = blobs;
    this.manifest = manifest;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** A name of an image that is here. */
  String reference() {
    return "127.0.0.1:" + server.getAddress().getPort() + "/rehearsal/a:v1";
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      exchange.getRequestBody().readAllBytes();
      switch (exchange.getRequestMethod()) {
        case "GET" -> give(exchange, path);
        case "HEAD" -> exchange.sendResponseHeaders(404, -1);
        case "POST" -> {
          exchange.getResponseHeaders().set("Location", path + "1");
          exchange.sendResponseHeaders(202, -1);
        }
        default -> exchange.sendResponseHeaders(201, -1);
      }
    }
  }

  private void give(HttpExchange exchange, String path) throws IOException {
    String last = path.substring(path.lastIndexOf('/') + 1);
    String digest = last.startsWith("sha256:") ? last : manifest;
    Path file = blobs.resolve(digest.replace(':', '/'));
    boolean known = !path.contains("/referrers/") && Files.exists(file) && !path.equals("/v2/");
    byte[] bytes =
        known ? Files.readAllBytes(file) : "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/vnd.oci.image.manifest.v1+json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
