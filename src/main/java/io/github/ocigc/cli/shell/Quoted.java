package io.github.ocigc.cli.shell;

/** Texts inside scripts and command lines, where nothing in them can end the word. */
public final class Quoted {
  private Quoted() {}

  /** A word for bash and zsh. */
  static String posix(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /** A word for every shell of that family; as it is where it needs no quotes. */
  public static String asNeeded(String text) {
    return text.matches("[A-Za-z0-9_.:/@%+=,-]+") ? text : posix(text);
  }

  /** A word for fish. */
  static String fish(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** What fits beside a word in a list: the first sentence, without its full stop. */
  static String shortened(String description) {
    int end = description.indexOf(". ");
    String sentence = end < 0 ? description : description.substring(0, end);
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }
}
