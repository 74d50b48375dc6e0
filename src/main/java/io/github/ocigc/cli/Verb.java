package io.github.ocigc.cli;

import io.github.ocigc.engine.DiskTrouble;
import io.github.ocigc.engine.OpenStore;
import io.github.ocigc.engine.Reconcile;
import io.github.ocigc.oci.OcigcException;
import java.util.Optional;

/** A command that works on an open store. */
abstract class Verb extends ProgramCommand {
  Verb(GlobalOptions program) {
    super(program);
  }

  /** What we do, for other processes that wait for us. */
  abstract String what();

  abstract OpenStore.Access access();

  /** As {@link #run}, where the store need not be opened for that; empty if it must be. */
  Optional<ExitCode> glance(Terminal terminal) {
    return Optional.empty();
  }

  /** Runs the verb and prints its report. */
  abstract ExitCode run(OpenStore open, Terminal terminal);

  @Override
  public final Integer call() {
    Terminal terminal = program().terminal();
    try {
      return once(terminal);
    } catch (RuntimeException e) {
      if (!DiskTrouble.isBrokenLedger(e)) {
        throw e;
      }
      return withNewLedger(terminal);
    }
  }

  private int once(Terminal terminal) {
    Optional<ExitCode> seen = glance(terminal);
    if (seen.isPresent()) {
      return seen.get().number();
    }
    try (OpenStore open = program().open(what(), access(), terminal)) {
      return run(open, terminal).number();
    }
  }

  /** A broken page of the ledger shows only when it is read. */
  private int withNewLedger(Terminal terminal) {
    terminal.note("The ledger turned out to be broken; it is set aside and built anew.");
    new Reconcile(program().folder(), program().options(terminal)).run(false);
    if (access() != OpenStore.Access.WRITE) {
      return once(terminal);
    }
    throw new OcigcException.Damaged(
        "The ledger was broken and has been built anew from the disk. Look at what is there with"
            + " 'ocigc-ledger ls', and run the command again.");
  }
}
