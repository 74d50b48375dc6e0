package io.github.ocigc.console;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What lets somebody in, made anew for each console: an address's token for as often as one likes,
 * another that opens once, the cookie that either is exchanged for, and the path that the cookie
 * belongs to. Safe for several threads.
 */
final class Keys {
  static final String COOKIE = "ocigc";

  private final String token = random(32);
  private final String ticket = random(32);
  private final String cookie = random(32);
  private final String path = "/" + random(16) + "/";
  private final AtomicBoolean ticketUsed = new AtomicBoolean();

  private static String random(int bytes) {
    byte[] random = new byte[bytes];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  String token() {
    return token;
  }

  /** A token that opens once. */
  String ticket() {
    return ticket;
  }

  /** All pages are below this. */
  String path() {
    return path;
  }

  /** The value of a {@code Set-Cookie}. */
  String newCookie() {
    return COOKIE + "=" + cookie + "; Path=" + path + "; HttpOnly; SameSite=Strict";
  }

  boolean opens(String said) {
    return same(token, said) || (same(ticket, said) && ticketUsed.compareAndSet(false, true));
  }

  /** True if this is a {@code Cookie} header with ours in it. */
  boolean isCarried(String header) {
    for (String pair : header.split(";", -1)) {
      if (same(COOKIE + "=" + cookie, pair.strip())) {
        return true;
      }
    }
    return false;
  }

  /** Takes as long wherever they differ. */
  private static boolean same(String secret, String said) {
    return MessageDigest.isEqual(
        secret.getBytes(StandardCharsets.UTF_8), said.getBytes(StandardCharsets.UTF_8));
  }
}
