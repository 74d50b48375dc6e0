package io.github.ocigc.registry;

import io.github.ocigc.oci.OcigcException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The way to one repository: knows its address, authenticates, and tells what may pass from what
 * will not. Every verb sends its requests here. Safe for many threads.
 */
final class Line {
  private final RegistryHost host;
  private final String repository;
  private final Connections connections;

  /** What the registry asked for beyond what we thought it would. */
  private final Set<Scopes> alsoWanted = ConcurrentHashMap.newKeySet();

  Line(RegistryHost host, String repository, Connections connections) {
    this.host = host;
    this.repository = repository;
    this.connections = connections;
  }

  String repository() {
    return repository;
  }

  /** For people. */
  String place() {
    return host.name() + "/" + repository;
  }

  /** The address of something of the repository, below {@code /v2/<name>/}. */
  URI uri(String rest) {
    return URI.create(
        connections.schemes().of(host) + "://" + host.address() + "/v2/" + repository + "/" + rest);
  }

  Scopes pulling() {
    return Scopes.pull(repository);
  }

  Scopes pushing() {
    return Scopes.push(repository);
  }

  Attempts attempts(String doing) {
    return new Attempts(connections.options().retries(), connections.options().notes(), doing);
  }

  /** An answer that is not transient, after as many attempts as it takes. To be closed. */
  Answer insist(Call call) {
    return attempts(call.doing()).until(() -> once(call));
  }

  /** One attempt, authenticated if the registry wants that. The answer is to be closed. */
  Answer once(Call call) throws TransientFailure {
    Answer answer = authenticated(call);
    try {
      Failure.throwIfTransient(answer);
      return answer;
    } catch (TransientFailure e) {
      answer.close();
      throw e;
    } catch (InterruptedException e) {
      answer.close();
      throw Interruption.of(call.doing());
    }
  }

  /** What to throw for an answer that the verb has no use for. */
  OcigcException refused(Call call, Answer answer) {
    try {
      return Failure.refused(call.doing(), answer, account().from());
    } catch (InterruptedException e) {
      return Interruption.of(call.doing());
    }
  }

  private Credentials.Found account() {
    return connections.credentials().find(host, repository);
  }

  private Answer authenticated(Call call) throws TransientFailure {
    boolean ours = Origin.of(call.uri()).equals(Origin.of(uri("")));
    if (!ours) {
      return connections.courier().deliver(call, Optional.empty());
    }
    Optional<String> given = connections.authorizations().known(call, scopes(call), this::account);
    Answer answer = connections.courier().deliver(call, given);
    if (answer.status() != 401 || !answer.origin().equals(Origin.of(call.uri()))) {
      return answer;
    }
    List<Challenge> challenges = Challenge.parse(answer.headers("WWW-Authenticate"));
    challenges.stream()
        .filter(Challenge::isBearer)
        .map(c -> Scopes.parse(c.parameter("scope")))
        .forEach(alsoWanted::add);
    Optional<String> better =
        connections
            .authorizations()
            .challenged(call, challenges, scopes(call), this::account, given);
    if (better.isEmpty()) {
      return answer;
    }
    answer.close();
    return connections.courier().deliver(call, better);
  }

  private Scopes scopes(Call call) {
    Scopes all = call.scopes();
    for (Scopes more : alsoWanted) {
      all = all.and(more);
    }
    return all;
  }
}
