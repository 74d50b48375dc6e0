package io.github.ocigc.cli.shell;

/** A manual page as it is written: the macros of man(7), and text that means itself. */
final class Roff {
  private final StringBuilder page = new StringBuilder();

  /** A request with its arguments, which may be any text. */
  Roff macro(String name, String... arguments) {
    page.append('.').append(name);
    for (String argument : arguments) {
      page.append(" \"").append(escaped(argument)).append('"');
    }
    page.append('\n');
    return this;
  }

  /** Running text; its hyphens are hyphens, so that a line may end there. */
  Roff text(String text) {
    return line(escaped(text).replace("\\-", "-").replaceAll("(^|[\\s(])-(?=[\\w-])", "$1\\\\-"));
  }

  /** A line that is typed as it stands here. */
  Roff literal(String text) {
    return line(escaped(text));
  }

  /** A line that has been escaped, and may change fonts. */
  Roff line(String escaped) {
    boolean request = escaped.startsWith(".") || escaped.startsWith("'");
    page.append(request ? "\\&" : "").append(escaped).append('\n');
    return this;
  }

  static String bold(String text) {
    return "\\fB" + escaped(text) + "\\fR";
  }

  static String italic(String text) {
    return "\\fI" + escaped(text) + "\\fR";
  }

  /** Signs that roff would read or set as others, by their names. */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            sign -> {
              switch (sign) {
                case '\\' -> escaped.append("\\e");
                case '-' -> escaped.append("\\-");
                case '\'' -> escaped.append("\\(aq");
                case '"' -> escaped.append("\\(dq");
                case '`' -> escaped.append("\\(ga");
                case '^' -> escaped.append("\\(ha");
                case '~' -> escaped.append("\\(ti");
                default -> {
                  if (sign < 0x80) {
                    escaped.append((char) sign);
                  } else {
                    escaped.append("\\[u%04X]".formatted(sign));
                  }
                }
              }
            });
    return escaped.toString();
  }

  @Override
  public String toString() {
    return page.toString();
  }
}
