package io.github.ocigc.registry;

import java.net.URI;
import java.util.Optional;

/** Where a header Location or Link leads, seen from the address that was asked. */
final class Location {
  private Location() {}

  /** Empty if it is no address of http or https. */
  static Optional<URI> resolve(URI from, String text) {
    try {
      URI uri = from.resolve(text.strip().replace(" ", "%20").replace("|", "%7C"));
      boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      return web && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }

  /**
   * The same for an upload. A registry behind a proxy that ends TLS often calls itself http: the
   * same host is then asked by https, as before.
   */
  static Optional<URI> ofUpload(URI from, String text) {
    return resolve(from, text)
        .map(
            to ->
                from.getScheme().equals("https")
                        && to.getScheme().equals("http")
                        && from.getHost().equalsIgnoreCase(to.getHost())
                    ? URI.create(
                        "https://"
                            + from.getRawAuthority()
                            + to.getRawPath()
                            + (to.getRawQuery() == null ? "" : "?" + to.getRawQuery()))
                    : to);
  }

  /** With one more parameter in its query. */
  static URI with(URI uri, String parameter) {
    String text = uri.toString();
    return URI.create(text + (uri.getRawQuery() == null ? "?" : "&") + parameter);
  }
}
