package io.github.ocigc.registry;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which files may hold credentials, in the order in which they are asked. The first that knows a
 * repository wins.
 *
 * <ol>
 *   <li>the file of the options; if one is named it is the only one, and has to be there
 *   <li>{@code $REGISTRY_AUTH_FILE}; if it is set, no other is asked
 *   <li>docker's: {@code $DOCKER_CONFIG/config.json}, or {@code ~/.docker/config.json}
 *   <li>podman's and skopeo's, in their order: {@code $XDG_RUNTIME_DIR/containers/auth.json}, then
 *       {@code containers/auth.json} below {@code $XDG_CONFIG_HOME} or {@code ~/.config}
 * </ol>
 */
final class AuthFileOrder {
  private AuthFileOrder() {}

  /** The file that somebody named, if one did: then no other is asked. */
  static Optional<Path> named(RegistryOptions options) {
    return options.authFile().or(() -> path(options.environment(), "REGISTRY_AUTH_FILE"));
  }

  static List<Path> usual(Map<String, String> environment) {
    List<Path> files = new ArrayList<>();
    Optional<Path> home = path(environment, "HOME");
    path(environment, "DOCKER_CONFIG")
        .or(() -> home.map(h -> h.resolve(".docker")))
        .ifPresent(folder -> files.add(folder.resolve("config.json")));
    path(environment, "XDG_RUNTIME_DIR")
        .ifPresent(folder -> files.add(folder.resolve("containers/auth.json")));
    path(environment, "XDG_CONFIG_HOME")
        .or(() -> home.map(h -> h.resolve(".config")))
        .ifPresent(folder -> files.add(folder.resolve("containers/auth.json")));
    return List.copyOf(files);
  }

  private static Optional<Path> path(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(v -> !v.isEmpty()).map(Path::of);
  }
}
