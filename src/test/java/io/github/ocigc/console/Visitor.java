package io.github.ocigc.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Speaks HTTP to a console, header by header: what no browser would send, too. */
final class Visitor {
  private static final Pattern COOKIE =
      Pattern.compile("(?i)Set-Cookie: (ocigc=[^;]+); Path=(\\S+);");

  private final URI address;
  private String cookie = "";
  private String path = "/";

  private Visitor(URI address) {
    this.address = address;
  }

  /** Has come by an address, and got no further. */
  static Visitor at(URI address) {
    return new Visitor(address);
  }

  /** Has been let in. */
  static Visitor inside(URI address) {
    Visitor visitor = new Visitor(address);
    String entrance = visitor.enter();
    Matcher found = COOKIE.matcher(entrance);
    if (!found.find()) {
      throw new AssertionError("not let in: " + entrance);
    }
    visitor.cookie = found.group(1);
    visitor.path = found.group(2);
    return visitor;
  }

  String enter() {
    return say("GET", address.getPath() + "?" + address.getQuery());
  }

  int port() {
    return address.getPort();
  }

  String path() {
    return path;
  }

  /** As {@code name=value}. */
  String cookie() {
    return cookie;
  }

  /** The whole response to a page below the console's path. */
  String page(String name, String... headers) {
    return say("GET", path + name, headers);
  }

  /** The page with what came of it. */
  String query(String sql) {
    return post("query.do", "sql=" + URLEncoder.encode(sql, StandardCharsets.UTF_8));
  }

  String post(String name, String form, String... headers) {
    return exchange("POST", path + name, form, headers);
  }

  String say(String method, String target, String... headers) {
    return exchange(method, target, "", headers);
  }

  /** Host and Cookie are ours unless they are among the headers. */
  private String exchange(String method, String target, String body, String... headers) {
    List<String> lines = new ArrayList<>();
    lines.add(method + " " + target + " HTTP/1.1");
    lines.addAll(List.of(headers));
    if (lines.stream().noneMatch(line -> line.startsWith("Host"))) {
      lines.add("Host: 127.0.0.1:" + port());
    }
    if (!cookie.isEmpty() && lines.stream().noneMatch(line -> line.startsWith("Cookie"))) {
      lines.add("Cookie: other=1; " + cookie);
    }
    lines.add("Content-Length: " + body.length());
    lines.add("Connection: close");
    String request = String.join("\r\n", lines) + "\r\n\r\n" + body;
    try (Socket socket = new Socket("127.0.0.1", port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(answer);
      return answer.toString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int status(String response) {
    return Integer.parseInt(response.split(" ", 3)[1]);
  }
}
