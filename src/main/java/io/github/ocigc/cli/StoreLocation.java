package io.github.ocigc.cli;

import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.store.Store;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Which store is meant: the option, {@code $OCIGC_STORE}, the current folder if it is a store,
 * KraftKit's runtime folder if it exists; the first of these.
 */
record StoreLocation(Map<String, String> environment, Path workingFolder) {
  StoreLocation {
    environment = Map.copyOf(environment);
  }

  /** As {@link #find}; else the current folder if it is empty, which then becomes a store. */
  Path findOrNew(Optional<String> option) {
    boolean named = option.isPresent() || variable("OCIGC_STORE").isPresent();
    boolean known =
        Store.isStore(workingFolder) || kraftKit().filter(Files::isDirectory).isPresent();
    return !named && !known && Store.canBeMadeIn(workingFolder) ? workingFolder : find(option);
  }

  Path find(Optional<String> option) {
    Optional<String> named = option.or(() -> variable("OCIGC_STORE"));
    if (named.isPresent()) {
      try {
        return workingFolder.resolve(named.get());
      } catch (InvalidPathException e) {
        throw new OcigcException.Unusable("'" + named.get() + "' is not a path: " + e.getReason());
      }
    }
    if (Store.isStore(workingFolder)) {
      return workingFolder;
    }
    return kraftKit()
        .filter(Files::isDirectory)
        .orElseThrow(
            () ->
                new OcigcException.Unusable(
                    "No store: "
                        + workingFolder
                        + " is none, and KraftKit has none here. Name one"
                        + " with --store DIR or $OCIGC_STORE."));
  }

  private Optional<Path> kraftKit() {
    Optional<Path> data =
        variable("KRAFTKIT_DATA_DIR")
            .map(Path::of)
            .or(() -> variable("XDG_DATA_HOME").map(home -> Path.of(home, "kraftkit")))
            .or(() -> variable("HOME").map(home -> Path.of(home, ".local/share/kraftkit")));
    return variable("KRAFTKIT_RUNTIME_DIR")
        .map(Path::of)
        .or(() -> data.map(folder -> folder.resolve("runtime")))
        .map(runtime -> runtime.resolve("oci"));
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }
}
