package io.github.ocigc.cli;

import io.github.ocigc.engine.OpenStore;
import io.github.ocigc.engine.Options;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.store.Steps;
import io.github.ocigc.store.Store;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program itself, and the options that every command takes, before or after its name. */
@Command(
    name = "ocigc-ledger",
    mixinStandardHelpOptions = true,
    version = "ocigc-ledger 0.1.0",
    sortOptions = false,
    description = {
      "Keeps count of what the images of an OCI store share, so that deleting one frees exactly"
          + " what nothing else uses."
    },
    footer = {
      "",
      "Exit codes: 0 done; 1 done with failures or findings; 2 usage; 3 not found; 4 corrupt;"
          + " 5 locked; 6 registry.",
      "Examples:",
      "  ocigc-ledger --store /path/to/store ls",
      "  ocigc-ledger delete --dry-run nginx:1.25",
      "  ocigc-ledger help delete"
    })
final class GlobalOptions {
  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> environment;
  private final Path workingFolder;
  private final boolean watched;
  private final Steps steps;

  @Option(
      names = "--store",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "The store. Default: $OCIGC_STORE, else this folder, else KraftKit's.")
  private @Nullable String store;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print one JSON document on standard output.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "No notes and no progress on standard error.")
  private boolean quiet;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "30",
      scope = ScopeType.INHERIT,
      description = "How long to wait for another process that uses the store. Default: 30.")
  private int waitSeconds;

  @Option(
      names = "--max-manifest",
      paramLabel = "BYTES",
      scope = ScopeType.INHERIT,
      description = "Longer manifests are not read. Default: 4194304, as in registries.")
  private long manifestLimit = Store.DEFAULT_MANIFEST_LIMIT_BYTES;

  GlobalOptions(
      PrintStream out,
      PrintStream err,
      Map<String, String> environment,
      Path workingFolder,
      boolean watched,
      Steps steps) {
    this.out = out;
    this.err = err;
    this.environment = environment;
    this.workingFolder = workingFolder;
    this.watched = watched;
    this.steps = steps;
  }

  Terminal terminal() {
    return new Terminal(
        out,
        err,
        json,
        quiet,
        watched,
        Cells.across(environment),
        () -> System.nanoTime() / 1_000_000);
  }

  static GlobalOptions of(@Nullable GlobalOptions parent) {
    if (parent == null) {
      throw new IllegalStateException("a command was run outside the program");
    }
    return parent;
  }

  Map<String, String> environment() {
    return environment;
  }

  /** A path as the person who typed it means it. */
  Path resolve(Path path) {
    return workingFolder.resolve(path);
  }

  /** As {@link #folder}, or where an OCI layout can be made. */
  Path folderOrNew() {
    return new StoreLocation(environment, workingFolder).findOrNew(Optional.ofNullable(store));
  }

  Path folder() {
    return new StoreLocation(environment, workingFolder).find(Optional.ofNullable(store));
  }

  Options options(Terminal terminal) {
    if (waitSeconds < 0 || manifestLimit < 1 || manifestLimit > Integer.MAX_VALUE - 8) {
      throw new OcigcException.Unusable("--wait and --max-manifest take a positive number.");
    }
    return new Options(Duration.ofSeconds(waitSeconds), manifestLimit, terminal, steps);
  }

  OpenStore open(String what, OpenStore.Access access, Terminal terminal) {
    return OpenStore.open(folder(), what, access, options(terminal));
  }
}
