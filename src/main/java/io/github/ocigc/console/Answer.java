package io.github.ocigc.console;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What a server answered.
 *
 * @param type of the content; empty if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and the bytes are the point
record Answer(int status, String type, byte[] body) {
  static Answer html(int status, String page) {
    return new Answer(status, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
  }

  static Answer text(int status, String sentence) {
    byte[] body = (sentence + "\n").getBytes(StandardCharsets.UTF_8);
    return new Answer(status, "text/plain; charset=utf-8", body);
  }

  boolean isHtml() {
    return type.startsWith("text/html");
  }

  /**
   * Reads a whole response of HTTP/1.1, as the database's console writes it: its body goes on to
   * the end, in chunks or not. It hangs up on what it cannot do: that is an error of ours, 500.
   */
  static Answer parse(byte[] response) {
    String text = new String(response, StandardCharsets.ISO_8859_1); // a char for each byte
    int end = text.indexOf("\r\n\r\n");
    if (end < 0 || !text.startsWith("HTTP/1.1 ")) {
      return text(500, "The database's console has no answer to that.");
    }
    String head = text.substring(0, end + 2);
    String body = text.substring(end + 4);
    boolean chunked = header(head, "transfer-encoding").equals("chunked");
    return new Answer(
        Integer.parseInt(head, 9, 12, 10),
        header(head, "content-type"),
        (chunked ? joined(body) : body).getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String header(String head, String name) {
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  private static String joined(String chunks) {
    StringBuilder joined = new StringBuilder(chunks.length());
    int at = 0;
    while (true) {
      int line = chunks.indexOf("\r\n", at);
      int length = Integer.parseInt(chunks, at, line, 16);
      if (length == 0) {
        return joined.toString();
      }
      joined.append(chunks, line + 2, line + 2 + length);
      at = line + 2 + length + 2;
    }
  }
}
