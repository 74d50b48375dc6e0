package io.github.ocigc.registry;

import io.github.ocigc.oci.Reference;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Connections, credentials and tokens of one command. Safe for many threads. Nothing is opened, and
 * no file of credentials read, before the first request.
 */
public final class Registries implements AutoCloseable {
  private final Connections connections;
  private final Map<String, Repository> repositories = new ConcurrentHashMap<>();

  /** Throws Unusable if the file of certificates or a proxy of the environment cannot be used. */
  public Registries(RegistryOptions options) {
    this.connections = Connections.of(options);
  }

  /**
   * A repository; the same object each time.
   *
   * @param registry host and, if any, port
   */
  public Repository repository(String registry, String repository) {
    Reference named = new Reference(registry, repository, "latest", Optional.empty());
    return repositories.computeIfAbsent(
        named.place(),
        place -> new Repository(new Line(RegistryHost.parse(registry), repository, connections)));
  }

  /** The name itself; throws Unusable for what is no name of a repository. */
  static String checked(String repository) {
    return new Reference("localhost", repository, "latest", Optional.empty()).repository();
  }

  /**
   * Forgets the repositories. Idle connections and the client's threads, which are daemons, go with
   * the last reference to this object: Java 17's client cannot be closed.
   */
  @Override
  public void close() {
    repositories.clear();
  }
}
