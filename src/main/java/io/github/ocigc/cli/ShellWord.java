package io.github.ocigc.cli;

/** Text as one word of a shell's command line, that nothing in it can end. */
final class ShellWord {
  private ShellWord() {}

  static String of(String text) {
    return text.matches("[A-Za-z0-9_.:/@%+=,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
