package io.github.ocigc.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ocigc.engine.Notices;
import java.io.PrintStream;
import java.util.function.Supplier;

/**
 * Where a verb's words go: the report to standard output, notes and progress to standard error,
 * progress only where a person watches.
 */
final class Terminal implements Notices {
  private static final long PROGRESS_MILLIS = 100;

  private final PrintStream out;
  private final PrintStream err;
  private final boolean json;
  private final boolean quiet;
  private final boolean watched;
  private long lastProgress;
  private int shown;

  Terminal(PrintStream out, PrintStream err, boolean json, boolean quiet, boolean watched) {
    this.out = out;
    this.err = err;
    this.json = json;
    this.quiet = quiet;
    this.watched = watched && !quiet;
  }

  /** Prints a report in the form that was asked for; only that form is made. */
  void report(Supplier<JsonNode> asJson, Supplier<String> asText) {
    clearProgress();
    if (json) {
      out.println(Json.text(asJson.get()));
    } else {
      String text = asText.get();
      out.print(text.isEmpty() || text.endsWith("\n") ? text : text + "\n");
    }
    out.flush();
  }

  void error(ExitCode code, String message) {
    clearProgress();
    if (json) {
      com.fasterxml.jackson.databind.node.ObjectNode document = Json.object();
      document.putObject("error").put("code", code.word()).put("message", message);
      out.println(Json.text(document));
      out.flush();
    } else {
      err.println("ocigc-ledger: " + Plain.lines(message));
    }
  }

  @Override
  public void note(String sentence) {
    if (!quiet) {
      clearProgress();
      err.println(Plain.lines(sentence));
    }
  }

  @Override
  public void progress(String what, long done) {
    long now = System.currentTimeMillis();
    if (watched && now - lastProgress >= PROGRESS_MILLIS) {
      lastProgress = now;
      clearProgress();
      String line = String.format(java.util.Locale.ROOT, "%,d %s", done, what);
      err.print(line);
      err.flush();
      shown = line.length();
    }
  }

  private void clearProgress() {
    if (shown > 0) {
      err.print("\r" + " ".repeat(shown) + "\r");
      shown = 0;
    }
  }
}
