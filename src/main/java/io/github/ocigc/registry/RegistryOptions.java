package io.github.ocigc.registry;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How registries are reached.
 *
 * @param environment the only source of HOME, PATH, DOCKER_CONFIG, HTTPS_PROXY and the like
 * @param authFile credentials are in this file and nowhere else
 * @param plainHttp every registry is spoken to without TLS
 * @param insecure certificates and host names are not checked
 * @param caFile certificates in PEM that are trusted as well as those of the JDK
 * @param notes told what a person may want to know: that something is tried again, and why. Called
 *     by several threads
 */
public record RegistryOptions(
    Map<String, String> environment,
    Optional<Path> authFile,
    boolean plainHttp,
    boolean insecure,
    Optional<Path> caFile,
    Consumer<String> notes,
    Retries retries) {
  public RegistryOptions {
    environment = Map.copyOf(environment);
  }

  /** What holds if a person gives no option. */
  public static RegistryOptions defaults(Map<String, String> environment) {
    return new RegistryOptions(
        environment, Optional.empty(), false, false, Optional.empty(), note -> {}, Retries.DEFAULT);
  }

  public RegistryOptions withAuthFile(Path file) {
    return new RegistryOptions(
        environment, Optional.of(file), plainHttp, insecure, caFile, notes, retries);
  }

  public RegistryOptions withPlainHttp() {
    return new RegistryOptions(environment, authFile, true, insecure, caFile, notes, retries);
  }

  public RegistryOptions withInsecure() {
    return new RegistryOptions(environment, authFile, plainHttp, true, caFile, notes, retries);
  }

  public RegistryOptions withCaFile(Path file) {
    return new RegistryOptions(
        environment, authFile, plainHttp, insecure, Optional.of(file), notes, retries);
  }

  public RegistryOptions withNotes(Consumer<String> other) {
    return new RegistryOptions(environment, authFile, plainHttp, insecure, caFile, other, retries);
  }

  public RegistryOptions withRetries(Retries other) {
    return new RegistryOptions(environment, authFile, plainHttp, insecure, caFile, notes, other);
  }
}
