package io.github.ocigc.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ocigc.engine.Notices;
import io.github.ocigc.engine.TransferProgress;
import java.io.PrintStream;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a verb's words go: the report to standard output, notes and progress to standard error,
 * moving pictures only where a person watches. Safe for several threads, by the monitor of the
 * error stream.
 */
final class Terminal implements Notices {
  private static final long PROGRESS_MILLIS = 100;

  private final PrintStream out;
  private final PrintStream err;
  private final boolean json;
  private final boolean quiet;
  private final boolean watched;
  private final int width;
  private final LongSupplier millis;
  private @Nullable TransferBars bars;
  private long lastProgress;
  private int shown;

  /** For errors before anything was begun. */
  Terminal(PrintStream out, PrintStream err, boolean json) {
    this(out, err, json, false, false, Cells.USUAL_WIDTH, () -> 0);
  }

  /**
   * @param watched whether the error stream is a terminal
   * @param width of that terminal, in columns
   * @param millis a clock that never goes back
   */
  Terminal(
      PrintStream out,
      PrintStream err,
      boolean json,
      boolean quiet,
      boolean watched,
      int width,
      LongSupplier millis) {
    this.out = out;
    this.err = err;
    this.json = json;
    this.quiet = quiet;
    this.watched = watched && !quiet;
    this.width = width;
    this.millis = millis;
  }

  /** Prints a report in the form that was asked for; only that form is made. */
  void report(Supplier<JsonNode> asJson, Supplier<String> asText) {
    print(
        asJson,
        lines -> {
          String text = asText.get();
          lines.print(text.isEmpty() || text.endsWith("\n") ? text : text + "\n");
        });
  }

  /** As {@link #report}, of lines that may be many: they are printed as they are made. */
  void print(Supplier<JsonNode> asJson, Consumer<PrintStream> asText) {
    clearProgress();
    if (json) {
      out.println(Json.text(asJson.get()));
    } else {
      asText.accept(out);
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
    synchronized (err) {
      if (!quiet) {
        clearProgress();
        err.println(Plain.lines(sentence));
      }
    }
  }

  @Override
  public void progress(String what, long done) {
    synchronized (err) {
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
  }

  /** Bars where a person watches, lines for a log, nothing for those who want it quiet. */
  @Override
  public TransferProgress transfer() {
    synchronized (err) {
      clearProgress();
      if (quiet) {
        return TransferProgress.NONE;
      }
      if (!watched) {
        return new TransferLines(err, millis);
      }
      bars = new TransferBars(err, width, millis);
      return bars;
    }
  }

  private void clearProgress() {
    synchronized (err) {
      if (bars != null) {
        bars.erase();
      }
      if (shown > 0) {
        err.print("\r" + " ".repeat(shown) + "\r");
        shown = 0;
      }
    }
  }
}
