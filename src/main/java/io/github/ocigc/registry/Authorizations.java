package io.github.ocigc.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What goes into the header Authorization. A registry is asked without it once; what it asked for
 * then is remembered for all its repositories, so that no later request is made twice. Safe for
 * many threads.
 */
final class Authorizations {
  private final Tokens tokens;
  private final Map<Origin, Challenge> known = new ConcurrentHashMap<>();

  Authorizations(Tokens tokens) {
    this.tokens = tokens;
  }

  /** What is known to be wanted; empty if the registry has not asked for anything yet. */
  Optional<String> known(Call call, Scopes scopes, Supplier<Credentials.Found> account)
      throws TransientFailure {
    Challenge challenge = known.get(Origin.of(call.uri()));
    return challenge == null
        ? Optional.empty()
        : answer(call, challenge, scopes, account, Optional.empty());
  }

  /** The answer to a refusal; empty if there is no better one than was given. */
  Optional<String> challenged(
      Call call,
      List<Challenge> challenges,
      Scopes scopes,
      Supplier<Credentials.Found> account,
      Optional<String> refused)
      throws TransientFailure {
    Optional<Challenge> best =
        challenges.stream()
            .filter(Challenge::isBearer)
            .findFirst()
            .or(() -> challenges.stream().filter(Challenge::isBasic).findFirst());
    if (best.isEmpty()) {
      return Optional.empty();
    }
    known.put(Origin.of(call.uri()), best.get());
    Optional<String> given = answer(call, best.get(), scopes, account, refused);
    return given.equals(refused) ? Optional.empty() : given;
  }

  private Optional<String> answer(
      Call call,
      Challenge challenge,
      Scopes scopes,
      Supplier<Credentials.Found> account,
      Optional<String> refused)
      throws TransientFailure {
    if (challenge.isBearer()) {
      TokenRequest request = TokenRequest.of(call.doing(), challenge, scopes);
      return Optional.of(tokens.bearer(call.doing(), request, account.get(), refused));
    }
    return account.get().credential().orElse(null) instanceof Credential.Login login
        ? Optional.of(login.basic())
        : Optional.empty();
  }
}
