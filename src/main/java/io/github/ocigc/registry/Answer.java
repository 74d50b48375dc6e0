package io.github.ocigc.registry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** What came back. To be closed; closing keeps the connection if little of the body is left. */
final class Answer implements AutoCloseable {
  private static final int ERROR_LIMIT = 64 * 1024;
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

  private final HttpResponse<Body> response;
  private final Body body;
  private byte[] error = new byte[0];
  private boolean read;

  Answer(HttpResponse<Body> response) {
    this.response = response;
    // the JDK has none where a proxy answers instead of the server
    this.body = Optional.ofNullable(response.body()).orElseGet(Body::empty);
  }

  int status() {
    return response.statusCode();
  }

  URI uri() {
    return response.uri();
  }

  Origin origin() {
    return Origin.of(response.uri());
  }

  Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  List<String> headers(String name) {
    return response.headers().allValues(name);
  }

  /** The length that the answer announces; empty if none, or none that makes sense. */
  OptionalLong announcedLength() {
    Optional<String> text = header("Content-Length").filter(t -> LENGTH.matcher(t).matches());
    return text.map(t -> OptionalLong.of(Long.parseLong(t))).orElse(OptionalLong.empty());
  }

  /** The media type without its parameters; empty if there is none. */
  String mediaType() {
    String type = header("Content-Type").orElse("");
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip();
  }

  Body body() {
    read = true;
    return body;
  }

  /** The body of an answer that is an error; as much of it as matters. */
  byte[] error() throws InterruptedException {
    if (!read) {
      try {
        error = body().upTo(ERROR_LIMIT);
      } catch (IOException brokenOff) {
        error = new byte[0];
      }
    }
    return error;
  }

  @Override
  public void close() {
    if (!read) {
      try {
        error();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    body.close();
  }
}
