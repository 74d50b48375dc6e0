package io.github.ocigc.registry;

import io.github.ocigc.oci.OcigcException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Whom to ask for a token, and for what (distribution's token specification).
 *
 * @param realm the token service's address
 */
record TokenRequest(URI realm, String service, Scopes scopes) {
  /** Reads a Bearer challenge; throws RegistryFailed if its realm is no address. */
  static TokenRequest of(String doing, Challenge challenge, Scopes scopes) {
    String realm = challenge.parameter("realm");
    try {
      URI uri = new URI(realm);
      if (uri.getHost() != null
          && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
        return new TokenRequest(uri, challenge.parameter("service"), scopes);
      }
    } catch (URISyntaxException noAddress) {
      // said below
    }
    throw new OcigcException.RegistryFailed(
        doing
            + " failed: the registry asks for a token and names no usable address where to get it."
            + " Check that the registry's name is right.");
  }

  /** For GET, with a login or for anybody. */
  URI query() {
    StringBuilder query = new StringBuilder(Optional.ofNullable(realm.getRawQuery()).orElse(""));
    if (!service.isEmpty()) {
      append(query, "service", service);
    }
    scopes.texts().forEach(scope -> append(query, "scope", scope));
    String address = realm.toString();
    int old = address.indexOf('?');
    String base = old < 0 ? address : address.substring(0, old);
    return URI.create(query.isEmpty() ? base : base + "?" + query);
  }

  /** For POST, to change an identity token for one (OAuth 2, RFC 6749, 6). */
  byte[] form(Credential.IdentityToken identity) {
    StringBuilder form = new StringBuilder();
    append(form, "grant_type", "refresh_token");
    append(form, "service", service);
    append(form, "client_id", "ocigc-ledger");
    append(form, "scope", String.join(" ", scopes.texts()));
    append(form, "refresh_token", identity.token());
    return form.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void append(StringBuilder to, String name, String value) {
    to.append(to.isEmpty() ? "" : "&")
        .append(name)
        .append('=')
        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
  }
}
