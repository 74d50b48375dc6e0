package io.github.ocigc.registry;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What proves who we are. Never printed. */
sealed interface Credential {

  /** A name and a password, or an access token that is used as one. */
  record Login(String user, String password) implements Credential {
    /** The value of Authorization (RFC 7617). */
    String basic() {
      byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public String toString() {
      return "a name and a password";
    }
  }

  /** What a token service gave to an earlier login, to be changed for a token. */
  record IdentityToken(String token) implements Credential {
    @Override
    public String toString() {
      return "an identity token";
    }
  }
}
