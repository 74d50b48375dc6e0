package io.github.ocigc.registry;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ocigc.oci.OcigcException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Puts an answer that is no success into words (distribution-spec 1.1, "Error Codes"). */
final class Failure {
  private static final Set<Integer> TRANSIENT = Set.of(408, 429, 500, 502, 503, 504);
  private static final int MOST_ERRORS = 3;
  private static final ObjectMapper JSON = new ObjectMapper();

  private Failure() {}

  /** Throws if the same request may be answered otherwise later. */
  static void throwIfTransient(Answer answer) throws TransientFailure, InterruptedException {
    if (TRANSIENT.contains(answer.status())) {
      throw new TransientFailure(
          found(answer),
          answer.header("Retry-After").flatMap(t -> RetryAfter.parse(t, Instant.now())));
    }
  }

  /**
   * What to throw for an answer that will not change.
   *
   * @param account where the credentials are from, or where none were found
   */
  static OcigcException refused(String doing, Answer answer, String account)
      throws InterruptedException {
    String failed = doing + " failed: " + found(answer) + ". ";
    return switch (answer.status()) {
      case 401, 403 ->
          new OcigcException.RegistryFailed(
              failed
                  + account
                  + ". Check the name, or log in with 'docker login' or 'skopeo login'.");
      case 404 -> new OcigcException.NotFound(failed + "Check the name.");
      case 407 ->
          new OcigcException.RegistryFailed(
              failed + "Put the proxy's user and password into HTTPS_PROXY or HTTP_PROXY.");
      default ->
          new OcigcException.RegistryFailed(failed + "The registry will not do it as it is asked.");
    };
  }

  /** Status and the registry's own words. */
  static String found(Answer answer) throws InterruptedException {
    String words = words(answer.error());
    return Printable.authority(answer.uri())
        + " answered "
        + answer.status()
        + (words.isEmpty() ? "" : " (" + words + ")");
  }

  private static String words(byte[] body) {
    try {
      JsonNode json = JSON.readTree(body);
      List<String> errors = new ArrayList<>();
      for (JsonNode error : json.path("errors")) {
        if (errors.size() < MOST_ERRORS) {
          String message = error.path("message").asText("");
          errors.add(error.path("code").asText("") + (message.isEmpty() ? "" : ": " + message));
        }
      }
      String all = String.join("; ", errors);
      return Printable.text(all.isEmpty() ? json.path("details").asText("") : all);
    } catch (JacksonException notJson) {
      String text = new String(body, StandardCharsets.UTF_8);
      return text.contains("<") ? "" : Printable.text(text);
    } catch (IOException unreadable) {
      return "";
    }
  }
}
