package io.github.ocigc.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ocigc.oci.OcigcException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Gets one token from a token service. Safe for many threads. */
final class TokenFetch {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LIMIT = 1024 * 1024;
  private static final long USUAL_SECONDS = 60;
  private static final Duration MARGIN = Duration.ofSeconds(10);
  private static final Pattern HEADER_SAFE = Pattern.compile("[!-~]+");

  private final Courier courier;
  private final boolean plainHttp;

  TokenFetch(Courier courier, boolean plainHttp) {
    this.courier = courier;
    this.plainHttp = plainHttp;
  }

  /** Throws RegistryFailed, ending with {@code from}, if the service refuses. */
  Token fetch(String doing, TokenRequest wanted, Credentials.Found account)
      throws TransientFailure {
    String asking = doing + ", asking " + Printable.url(wanted.realm()) + " for a token,";
    Optional<Credential> credential = account.credential();
    refuseToBeOverheard(asking, wanted, credential);
    long asked = System.nanoTime();
    Call call = Call.get(asking, wanted.query(), Scopes.NONE).with("Accept", "application/json");
    Optional<String> basic = Optional.empty();
    if (credential.orElse(null) instanceof Credential.IdentityToken identity) {
      call =
          call.method("POST")
              .to(wanted.realm())
              .with("Content-Type", "application/x-www-form-urlencoded")
              .carrying(Payload.of(wanted.form(identity)));
    } else if (credential.orElse(null) instanceof Credential.Login login) {
      basic = Optional.of(login.basic());
    }
    try (Answer answer = courier.deliver(call, basic)) {
      Failure.throwIfTransient(answer);
      if (answer.status() != 200) {
        throw Failure.refused(asking, answer, account.from());
      }
      return read(asking, answer, asked);
    } catch (InterruptedException e) {
      throw Interruption.of(asking);
    }
  }

  private void refuseToBeOverheard(
      String asking, TokenRequest wanted, Optional<Credential> credential) {
    Origin service = Origin.of(wanted.realm());
    if (credential.isPresent() && !service.encrypted() && !service.loopback() && !plainHttp) {
      throw new OcigcException.RegistryFailed(
          asking
              + " was given up: it is not reached by https, and the credentials would travel in"
              + " the clear. Use --plain-http if that is meant.");
    }
  }

  private static Token read(String asking, Answer answer, long asked)
      throws TransientFailure, InterruptedException {
    try {
      byte[] bytes = answer.body().upTo(LIMIT);
      JsonNode json = bytes.length > LIMIT ? JSON.createObjectNode() : JSON.readTree(bytes);
      String text = json.path("token").asText("");
      String token = text.isEmpty() ? json.path("access_token").asText("") : text;
      if (!HEADER_SAFE.matcher(token).matches()) {
        throw new OcigcException.RegistryFailed(
            asking + " failed: the answer has no token in it. Try again later.");
      }
      Duration life =
          Duration.ofSeconds(Math.max(0, json.path("expires_in").asLong(USUAL_SECONDS)));
      Duration margin = life.dividedBy(5).compareTo(MARGIN) < 0 ? life.dividedBy(5) : MARGIN;
      return new Token(token, asked + life.minus(margin).toNanos());
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      throw new OcigcException.RegistryFailed(
          asking + " failed: the answer is not JSON. Check that the registry's name is right.");
    } catch (IOException e) {
      throw new TransientFailure("the token service's answer broke off");
    }
  }
}
