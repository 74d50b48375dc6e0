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
import picocli.CommandLine.Model.CommandSpec;

/** The program itself, and the options that every command takes, before or after its name. */
final class GlobalOptions {
  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> environment;
  private final Path workingFolder;
  private final boolean watched;
  private final Steps steps;

  private final Argument<String> store =
      Argument.option(
              "",
              "DIR",
              "The store. Default: $OCIGC_STORE, else this folder, else KraftKit's.",
              "--store")
          .ofEveryCommand();

  private final Argument<Boolean> json =
      Argument.flag("Print one JSON document on standard output.", "--json").ofEveryCommand();

  private final Argument<Boolean> quiet =
      Argument.flag("No notes and no progress on standard error.", "-q", "--quiet")
          .ofEveryCommand();

  private final Argument<Integer> waitSeconds =
      Argument.option(
              30,
              "SECONDS",
              "How long to wait for another process that uses the store. Default: 30.",
              "--wait")
          .ofEveryCommand();

  private final Argument<Long> manifestLimit =
      Argument.option(
              Store.DEFAULT_MANIFEST_LIMIT_BYTES,
              "BYTES",
              "Longer manifests are not read. Default: 4194304, as in registries.",
              "--max-manifest")
          .ofEveryCommand();

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

  CommandSpec words() {
    return Words.of(
            this,
            "ocigc-ledger",
            "Keeps count of what the images of an OCI store share, so that deleting one frees"
                + " exactly what nothing else uses.")
        .version("ocigc-ledger 0.1.0")
        .inThisOrder()
        .take(store, json, quiet, waitSeconds, manifestLimit)
        .remark(
            "Exit codes: 0 done; 1 done with failures or findings; 2 usage; 3 not found; 4 corrupt;"
                + " 5 locked; 6 registry.")
        .examples(
            "ocigc-ledger --store /path/to/store ls",
            "ocigc-ledger delete --dry-run nginx:1.25",
            "ocigc-ledger help delete");
  }

  Terminal terminal() {
    return new Terminal(
        out,
        err,
        json.get(),
        quiet.get(),
        watched,
        Cells.across(environment),
        () -> System.nanoTime() / 1_000_000);
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
    return new StoreLocation(environment, workingFolder).findOrNew(store.given());
  }

  Path folder() {
    return new StoreLocation(environment, workingFolder).find(store.given());
  }

  Options options(Terminal terminal) {
    if (waitSeconds.get() < 0
        || manifestLimit.get() < 1
        || manifestLimit.get() > Integer.MAX_VALUE - 8) {
      throw new OcigcException.Unusable("--wait and --max-manifest take a positive number.");
    }
    return new Options(Duration.ofSeconds(waitSeconds.get()), manifestLimit.get(), terminal, steps);
  }

  OpenStore open(String what, OpenStore.Access access, Terminal terminal) {
    return OpenStore.open(folder(), what, access, options(terminal));
  }
}
