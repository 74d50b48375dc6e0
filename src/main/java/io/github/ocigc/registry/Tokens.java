package io.github.ocigc.registry;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that are in use, one for each service, scope and credential. When many threads want
 * the same one, one of them asks and the others wait. Safe for many threads.
 */
final class Tokens {
  private record Key(TokenRequest request, Optional<Credential> credential) {}

  private static final class Slot {
    final ReentrantLock lock = new ReentrantLock();
    volatile @Nullable Token token;

    Optional<String> usable(Optional<String> refused) {
      return Optional.ofNullable(token)
          .filter(Token::fresh)
          .map(Token::bearer)
          .filter(bearer -> !refused.equals(Optional.of(bearer)));
    }
  }

  private final Map<Key, Slot> slots = new ConcurrentHashMap<>();
  private final TokenFetch fetch;

  Tokens(TokenFetch fetch) {
    this.fetch = fetch;
  }

  /**
   * The value of Authorization.
   *
   * @param refused what the registry would not have; it is never answered again
   */
  String bearer(
      String doing, TokenRequest request, Credentials.Found account, Optional<String> refused)
      throws TransientFailure {
    Slot slot = slots.computeIfAbsent(new Key(request, account.credential()), k -> new Slot());
    Optional<String> ready = slot.usable(refused);
    if (ready.isPresent()) {
      return ready.get();
    }
    try {
      slot.lock.lockInterruptibly();
    } catch (InterruptedException e) {
      throw Interruption.of(doing);
    }
    try {
      Optional<String> meanwhile = slot.usable(refused);
      if (meanwhile.isPresent()) {
        return meanwhile.get();
      }
      Token fetched = fetch.fetch(doing, request, account);
      slot.token = fetched;
      return fetched.bearer();
    } finally {
      slot.lock.unlock();
    }
  }
}
