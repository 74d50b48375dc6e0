package io.github.ocigc.cli;

import io.github.ocigc.engine.DiskTrouble;
import io.github.ocigc.engine.Reconcile;
import io.github.ocigc.oci.OcigcException;

/** A command that opens the store itself, for moments, and takes longer than these. */
abstract class TransferVerb extends ProgramCommand {
  TransferVerb(GlobalOptions program) {
    super(program);
  }

  /** Runs the verb and prints its report. */
  abstract void run(GlobalOptions options, Terminal terminal);

  @Override
  public final Integer call() {
    GlobalOptions options = program();
    Terminal terminal = options.terminal();
    try {
      run(options, terminal);
      return ExitCode.DONE.number();
    } catch (RuntimeException e) {
      if (!DiskTrouble.isBrokenLedger(e)) {
        throw e;
      }
      new Reconcile(options.folder(), options.options(terminal)).run(false);
      throw new OcigcException.Damaged(
          "The ledger turned out to be broken and has been built anew from the disk. Run the"
              + " command again: it goes on where it was.");
    }
  }
}
