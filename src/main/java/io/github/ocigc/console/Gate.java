package io.github.ocigc.console;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks at every request before anything is done about it. Safe for several threads. */
final class Gate implements HttpHandler {
  private static final int BODY_LIMIT = 1 << 20;
  private static final String GO_BACK =
      " Open the address that the terminal shows, where 'ocigc-ledger console' runs.";

  /** For pages of ours, which have no scripts. */
  private static final String STRICT =
      "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-src 'self';"
          + " frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

  /** For the database's pages, which are made of scripts. */
  private static final String LOOSE =
      "default-src 'none'; img-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self'"
          + " 'unsafe-inline'; connect-src 'self'; frame-src 'self'; frame-ancestors 'self';"
          + " base-uri 'none'; form-action 'self'";

  private final Keys keys;
  private final DatabaseConsole console;
  private final String frame;

  /** {@code frame}: the outermost page. */
  Gate(Keys keys, DatabaseConsole console, String frame) {
    this.keys = keys;
    this.console = console;
    this.frame = frame;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Headers headers = exchange.getResponseHeaders();
      headers.set("X-Content-Type-Options", "nosniff");
      headers.set("Referrer-Policy", "same-origin"); // with no-referrer a form has no Origin
      headers.set("Cross-Origin-Opener-Policy", "same-origin");
      headers.set("Cross-Origin-Resource-Policy", "same-origin");
      headers.set("Content-Security-Policy", STRICT);
      headers.set("X-Frame-Options", "DENY");
      headers.set("Cache-Control", "no-store");
      send(exchange, answer(exchange));
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    int port = exchange.getLocalAddress().getPort();
    String path = exchange.getRequestURI().getPath();
    if (path == null) {
      return Answer.text(400, "This is no address.");
    }
    Optional<String> foreign = foreign(exchange.getRequestHeaders(), port, path.equals("/"));
    if (foreign.isPresent()) {
      return Answer.text(403, foreign.get() + GO_BACK);
    }
    if (!Set.of("GET", "POST").contains(exchange.getRequestMethod())) {
      return Answer.text(405, "Only GET and POST are understood here.");
    }
    try {
      String query = exchange.getRequestURI().getRawQuery();
      Map<String, String> parameters = new HashMap<>(Form.parse(query == null ? "" : query));
      return path.equals("/") ? entrance(exchange, parameters) : inside(exchange, path, parameters);
    } catch (IllegalArgumentException e) {
      return Answer.text(400, "This address cannot be read: " + e.getMessage());
    }
  }

  /** Why this request is not of a page of ours, if it is not. */
  private static Optional<String> foreign(Headers headers, int port, boolean entering) {
    List<String> hosts = headers.getOrDefault("Host", List.of());
    String host = hosts.size() == 1 ? hosts.get(0).toLowerCase(Locale.ROOT) : "";
    String end = port == 80 ? "" : ":" + port; // which browsers leave out
    Set<String> ours = Set.of("127.0.0.1" + end, "localhost" + end, "[::1]" + end);
    if (!ours.contains(host)) {
      return Optional.of("Refused: this console is not known by that name.");
    }
    if (!headers.getOrDefault("Origin", List.of()).stream().allMatch(("http://" + host)::equals)) {
      return Optional.of("Refused: another page asked for this.");
    }
    // the way in may be a link on another page; it takes the token
    Set<String> near = Set.of("same-origin", "none");
    return entering || near.containsAll(headers.getOrDefault("Sec-Fetch-Site", List.of()))
        ? Optional.empty()
        : Optional.of("Refused: another page led here.");
  }

  private Answer entrance(HttpExchange exchange, Map<String, String> parameters) {
    if (!keys.opens(parameters.getOrDefault("token", ""))) {
      return Answer.text(
          403,
          "Refused: this address has no token, another console's, or one that was for a single use."
              + GO_BACK);
    }
    exchange.getResponseHeaders().set("Set-Cookie", keys.newCookie());
    return Answer.html(200, FramePage.entrance(keys.path()));
  }

  private Answer inside(HttpExchange exchange, String path, Map<String, String> parameters)
      throws IOException {
    List<String> cookies = exchange.getRequestHeaders().getOrDefault("Cookie", List.of());
    if (!path.startsWith(keys.path()) || cookies.stream().noneMatch(keys::isCarried)) {
      return Answer.text(403, "Refused: you are not logged in here." + GO_BACK);
    }
    String file = path.substring(keys.path().length());
    if (file.isEmpty()) {
      return Answer.html(200, frame);
    }
    byte[] body = exchange.getRequestBody().readNBytes(BODY_LIMIT + 1);
    if (body.length > BODY_LIMIT) {
      return Answer.text(413, "That is more than a query can have.");
    }
    parameters.putAll(Form.parse(new String(body, StandardCharsets.UTF_8)));
    if (file.equals("stop")) {
      letBeFramed(exchange, STRICT.replace("frame-ancestors 'none'", "frame-ancestors 'self'"));
      return console.stop();
    }
    Optional<Map<String, String>> permitted = Permitted.parameters(file, parameters);
    if (permitted.isEmpty()) {
      return Answer.text(404, "This part of the database's console is not reached from here.");
    }
    letBeFramed(exchange, LOOSE);
    if (Permitted.isFile(file)) {
      exchange.getResponseHeaders().set("Cache-Control", "private, max-age=3600");
    }
    return console.ask(file, permitted.get());
  }

  private static void letBeFramed(HttpExchange exchange, String policy) {
    exchange.getResponseHeaders().set("Content-Security-Policy", policy);
    exchange.getResponseHeaders().set("X-Frame-Options", "SAMEORIGIN");
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    if (!answer.type().isEmpty()) {
      exchange.getResponseHeaders().set("Content-Type", answer.type());
    }
    exchange.sendResponseHeaders(
        answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
    exchange.getResponseBody().write(answer.body());
  }
}
