package io.github.ocigc.cli.shell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** The manual pages, in section 1: one of the program, one of each command. */
public final class ManualPages {
  private static final String SECTION = "1";

  /** What a variable is for, by its name; after the options, these are all that is asked. */
  private static final Map<String, String> ENVIRONMENT =
      ordered(
          "OCIGC_STORE",
          "The store, where --store is not given.",
          "OCIGC_JAVA_OPTS",
          "More options for the JVM, for example -Xmx256m.",
          "OCIGC_CLASS_ARCHIVE",
          "If 'off', no archive of classes is used or made; commands start slower.",
          "JAVA_HOME",
          "The Java to run with. Default: the one on $PATH.",
          "REGISTRY_AUTH_FILE, DOCKER_CONFIG",
          "Where credentials for registries are, where --authfile is not given.",
          "HTTPS_PROXY, HTTP_PROXY, NO_PROXY",
          "Proxies on the way to registries.");

  private static final Map<String, String> FILES =
      ordered(
          "STORE/.ocigc/ledger.mv.db",
          "The ledger, an H2 database. Another is made of the store where it is lost.",
          "~/.cache/ocigc-ledger",
          "Archives of classes for Javas that the distribution has none for.");

  private final CommandSpec spec;
  private final Program program;
  private final String date;

  private ManualPages(CommandSpec spec, String date) {
    this.spec = spec;
    this.program = Program.of(spec);
    this.date = date;
  }

  /**
   * All pages, by the names of their files.
   *
   * @param spec the program with all its commands
   * @param date that the pages bear, as {@code 2026-11-24}
   */
  public static Map<String, String> of(CommandSpec spec, String date) {
    ManualPages pages = new ManualPages(spec, date);
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(spec.name() + "." + SECTION, pages.main());
    for (Command command : pages.program.commands()) {
      texts.put(pages.title(command) + "." + SECTION, pages.page(command));
    }
    return texts;
  }

  private String title(Command command) {
    return spec.name() + "-" + command.name();
  }

  private String main() {
    Command itself = program.itself();
    Roff page = begun(spec.name(), itself.description());
    page.line(
        Roff.bold(spec.name())
            + " ["
            + Roff.italic("OPTION")
            + "]... "
            + Roff.italic("COMMAND")
            + " ["
            + Roff.italic("ARGUMENT")
            + "]...");
    page.macro("SH", "DESCRIPTION").text(itself.description());
    page.macro("SH", "COMMANDS");
    for (Command command : program.commands()) {
      page.macro("TP").line(Roff.bold(title(command)) + "(" + SECTION + ")");
      page.text(command.description());
    }
    switches(page.macro("SH", "OPTIONS"), itself.switches());
    page.macro("SH", "EXIT STATUS");
    itself.remarks().forEach(remark -> page.macro("PP").text(remark));
    definitions(page.macro("SH", "ENVIRONMENT"), ENVIRONMENT);
    definitions(page.macro("SH", "FILES"), FILES);
    examples(page, itself);
    return page.toString();
  }

  private String page(Command command) {
    Roff page = begun(title(command), command.description());
    page.line(
        Roff.bold(spec.name() + " " + command.name())
            + " ["
            + Roff.italic("OPTION")
            + "]..."
            + command.operands().stream()
                .map(operand -> " " + Roff.italic(operand.usage()))
                .collect(Collectors.joining()));
    page.macro("SH", "DESCRIPTION").text(command.description());
    if (command.names().size() > 1) {
      page.macro("PP")
          .text(
              "Also called "
                  + String.join(", ", command.names().subList(1, command.names().size()))
                  + ".");
    }
    command.remarks().forEach(remark -> page.macro("PP").text(remark));
    if (!command.operands().isEmpty()) {
      page.macro("SH", "ARGUMENTS");
      for (Operand operand : command.operands()) {
        page.macro("TP").line(Roff.italic(operand.value().label())).text(operand.description());
      }
    }
    List<List<String>> common = program.itself().switches().stream().map(Switch::names).toList();
    List<Switch> own =
        command.switches().stream().filter(option -> !common.contains(option.names())).toList();
    if (!own.isEmpty()) {
      switches(page.macro("SH", "OPTIONS"), own);
    }
    switches(page.macro("SH", "OPTIONS OF EVERY COMMAND"), program.itself().switches());
    examples(page, command);
    page.macro("SH", "SEE ALSO").line(Roff.bold(spec.name()) + "(" + SECTION + ")");
    return page.toString();
  }

  private Roff begun(String title, String description) {
    String version = String.join(" ", spec.version());
    Roff page = new Roff();
    page.macro("TH", title.toUpperCase(Locale.ROOT), SECTION, date, version, spec.name());
    page.macro("SH", "NAME");
    String what = Quoted.shortened(description);
    page.line(
        Roff.escaped(title)
            + " \\- "
            + Roff.escaped(what.substring(0, 1).toLowerCase(Locale.ROOT) + what.substring(1)));
    return page.macro("SH", "SYNOPSIS");
  }

  private static void switches(Roff page, List<Switch> switches) {
    for (Switch option : switches) {
      String value = option.value().map(taken -> " " + Roff.italic(taken.label())).orElse("");
      page.macro("TP")
          .line(
              option.names().stream().map(Roff::bold).collect(Collectors.joining(", ", "", value)));
      page.text(option.description());
    }
  }

  private static void definitions(Roff page, Map<String, String> meanings) {
    meanings.forEach((name, meaning) -> page.macro("TP").line(Roff.bold(name)).text(meaning));
  }

  private static void examples(Roff page, Command command) {
    page.macro("SH", "EXAMPLES").macro("nf");
    command.examples().forEach(page::literal);
    page.macro("fi");
  }

  private static Map<String, String> ordered(String... pairs) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int at = 0; at < pairs.length; at += 2) {
      map.put(pairs[at], pairs[at + 1]);
    }
    return map;
  }
}
