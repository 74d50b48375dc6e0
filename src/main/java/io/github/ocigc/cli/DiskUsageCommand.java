package io.github.ocigc.cli;

import io.github.ocigc.engine.DiskUsage;
import io.github.ocigc.engine.OpenStore;
import io.github.ocigc.oci.Size;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

final class DiskUsageCommand extends Verb {
  private final Argument<List<String>> references =
      Argument.words("REF", "0..*", "Names, digests or patterns.");

  private final Argument<Integer> top =
      Argument.option(
          Integer.MAX_VALUE, "N", "Show the N references with the biggest gain.", "-n", "--top");

  DiskUsageCommand(GlobalOptions program) {
    super(program);
  }

  @Override
  CommandSpec words() {
    return Words.of(this, "du", "Shows where the space goes, the biggest gain first.")
        .take(references, top)
        .remark("With references, also what deleting all of them would free together.")
        .remark(
            "UNIQUE is what deleting that reference alone would free. ON DISK is the blocks that"
                + " files take; the total is that of 'du -s'. df also counts what the file system"
                + " keeps for itself, and files that are deleted and still open.")
        .examples(
            "ocigc-ledger du",
            "ocigc-ledger du --top 10",
            "ocigc-ledger du nginx:1.25 nginx:latest");
  }

  @Override
  String what() {
    return "du";
  }

  @Override
  OpenStore.Access access() {
    return OpenStore.Access.READ_ALL;
  }

  @Override
  ExitCode run(OpenStore open, Terminal terminal) {
    DiskUsage usage = new DiskUsage(open);
    DiskUsage.Report report = usage.run(references.get());
    open.close(); // from here on the ledger is as long as it will be
    DiskUsage.Others others = usage.others();
    terminal.print(
        () -> UsageJson.of(report, others, shown(report)), out -> print(report, others, out));
    return ExitCode.DONE;
  }

  private List<DiskUsage.Line> shown(DiskUsage.Report report) {
    return report
        .references()
        .subList(0, Math.min(report.references().size(), Math.max(0, top.get())));
  }

  private void print(DiskUsage.Report report, DiskUsage.Others others, PrintStream out) {
    List<DiskUsage.Line> lines = shown(report);
    if (!lines.isEmpty()) {
      table(lines).print(out);
      int left = report.references().size() - lines.size();
      out.append(left > 0 ? "and " + Plain.count(left, "reference") + " more; " : "");
      out.append(UsageBar.legend()).append("\n\n");
    }
    report
        .together()
        .ifPresent(
            together ->
                out.append("Deleting these together would free ")
                    .append(Plain.count(together.blobs(), "blob"))
                    .append(", ")
                    .append(Plain.size(together.size().bytes()))
                    .append(" (")
                    .append(Plain.size(together.size().allocatedBytes()))
                    .append(" on disk).\n\n"));
    sums(report, others).print(out);
    if (report.partial().blobs() > 0) {
      out.append("Broken-off downloads: ");
      out.append(Plain.count(report.partial().blobs(), "blob")).append(", ");
      out.append(Plain.size(report.partial().bytes()));
      out.append("; pulling again goes on with them.\n");
    }
    if (report.store().absent() > 0) {
      out.append("Named, but not here: ").append(Plain.count(report.store().absent(), "blob"));
      out.append(".\n");
    }
  }

  private static Table table(List<DiskUsage.Line> lines) {
    UsageBar bar =
        new UsageBar(lines.stream().mapToLong(line -> line.total().bytes()).max().orElse(0));
    Table table = new Table("REFERENCE", "DIGEST", ">SIZE", ">UNIQUE", ">SHARED", "");
    for (DiskUsage.Line line : lines) {
      table.row(
          line.name().isEmpty() ? "<untagged>" : line.name(),
          Plain.shortDigest(line.digest()),
          Plain.size(line.total().bytes()),
          Plain.size(line.unique().bytes()),
          Plain.size(line.sharedBytes()),
          bar.of(line.unique().bytes(), line.total().bytes()));
    }
    return table;
  }

  /** The parts of the store; they add up. */
  private static Table sums(DiskUsage.Report report, DiskUsage.Others others) {
    Table table = new Table("THE STORE", ">SIZE", ">ON DISK", ">NUMBER");
    row(table, "of one reference alone", report.own(), "");
    row(table, "shared by two or more", report.shared(), "");
    if (!report.leased().equals(Size.ZERO)) {
      row(table, "of transfers under way", report.leased(), "");
    }
    row(
        table,
        "held by nothing (prune)",
        report.store().orphans(),
        Plain.count(report.store().orphanBlobs(), "blob"));
    if (report.store().condemnedBlobs() > 0) {
      row(
          table,
          "about to be removed",
          report.store().condemned(),
          Plain.count(report.store().condemnedBlobs(), "blob"));
    }
    row(table, "all blobs", report.store().all(), Plain.count(report.store().blobs(), "blob"));
    row(table, "roots, ledger, folders", others.size(), Plain.count(others.files(), "file"));
    row(table, "together", report.store().all().plus(others.size()), "");
    return table;
  }

  private static void row(Table table, String what, Size size, String number) {
    table.row(what, Plain.size(size.bytes()), Plain.size(size.allocatedBytes()), number);
  }
}
