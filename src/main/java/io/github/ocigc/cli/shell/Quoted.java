package io.github.ocigc.cli.shell;

/** Texts of ours inside scripts. */
final class Quoted {
  private Quoted() {}

  /** A word for bash and zsh. */
  static String posix(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
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
