package io.github.ocigc.registry;

import java.net.URI;
import java.util.Locale;

/** Whom a URL speaks to: credentials for one origin are never sent to another (RFC 6454). */
record Origin(String scheme, String host, int port) {
  static Origin of(URI uri) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
    return new Origin(scheme, uri.getHost().toLowerCase(Locale.ROOT), port);
  }

  boolean encrypted() {
    return scheme.equals("https");
  }

  boolean loopback() {
    return RegistryHost.isLoopback(host);
  }
}
