package io.github.ocigc.registry;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ocigc.oci.OcigcException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One file of credentials: docker's {@code config.json} or containers-auth.json(5), which agree.
 *
 * <p>No exception of the parser leaves this class: its message might quote the file.
 */
final class AuthFile {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOKEN_USER = "<token>";

  private final Path file;
  private final Map<String, JsonNode> entries = new LinkedHashMap<>();
  private final Map<String, String> helpers = new LinkedHashMap<>();
  private final String store;

  private AuthFile(Path file, JsonNode root) {
    this.file = file;
    collect(root.path("auths"), entries);
    Map<String, JsonNode> named = new LinkedHashMap<>();
    collect(root.path("credHelpers"), named);
    named.forEach((key, name) -> helpers.put(key, name.asText()));
    this.store = root.path("credsStore").asText("");
  }

  private static void collect(JsonNode members, Map<String, JsonNode> into) {
    members
        .properties()
        .forEach(e -> into.putIfAbsent(CredentialKeys.plain(e.getKey()), e.getValue()));
    members.properties().forEach(e -> into.put(e.getKey(), e.getValue()));
  }

  /** Empty if there is no such file; throws Unusable, naming the file, if it cannot be used. */
  static Optional<AuthFile> read(Path file) {
    try {
      JsonNode root = JSON.readTree(Files.readAllBytes(file));
      if (!root.isObject()) {
        throw broken(file, "it is not a JSON object");
      }
      return Optional.of(new AuthFile(file, root));
    } catch (NoSuchFileException missing) {
      return Optional.empty();
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw broken(file, "it is no JSON from line " + line + " on");
    } catch (IOException e) {
      throw broken(file, "it cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  private static OcigcException broken(Path file, String found) {
    return new OcigcException.Unusable(
        "The credentials file "
            + file
            + " cannot be used: "
            + found
            + ". Repair or remove it, and log in again with 'docker login' or 'skopeo login'.");
  }

  /** The helper that is named for this key alone. */
  Optional<String> helper(String key) {
    return Optional.ofNullable(helpers.get(key));
  }

  /** The helper for all that have none of their own. */
  Optional<String> store() {
    return Optional.of(store).filter(name -> !name.isEmpty());
  }

  /** What the file itself holds for a key; empty for an entry without content. */
  Optional<Credential> credential(String key) {
    JsonNode entry = entries.get(key);
    if (entry == null) {
      return Optional.empty();
    }
    String identity = entry.path("identitytoken").asText("");
    if (!identity.isEmpty()) {
      return Optional.of(new Credential.IdentityToken(identity));
    }
    String user = entry.path("username").asText("");
    String password = entry.path("password").asText("");
    String auth = entry.path("auth").asText("");
    if (!auth.isEmpty()) {
      String pair = decoded(key, auth);
      int colon = pair.indexOf(':');
      if (colon <= 0) {
        throw broken(file, "'auth' of '" + Printable.text(key) + "' is not a name and a password");
      }
      user = pair.substring(0, colon);
      password = pair.substring(colon + 1).replaceAll("\\x00+$", "");
    }
    return user.isEmpty() ? Optional.empty() : Optional.of(of(user, password));
  }

  private String decoded(String key, String auth) {
    try {
      return new String(Base64.getDecoder().decode(auth.strip()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw broken(file, "'auth' of '" + Printable.text(key) + "' is not base64");
    }
  }

  /** A user of that odd name means that the secret is an identity token. */
  static Credential of(String user, String secret) {
    return user.equals(TOKEN_USER)
        ? new Credential.IdentityToken(secret)
        : new Credential.Login(user, secret);
  }
}
