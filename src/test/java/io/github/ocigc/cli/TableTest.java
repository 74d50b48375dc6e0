package io.github.ocigc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TableTest {
  private static String printed(Table table) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
      table.print(out);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void alignsWordsToTheLeftAndNumbersToTheRight() {
    Table table = new Table("NAME", ">SIZE", "WHY");
    table.row("a", "12 B", "");
    table.row("longer\n", "1 B", "b c ");

    assertThat(printed(table))
        .isEqualTo(
            """
            NAME        SIZE  WHY
            a           12 B
            longer\\x0a   1 B  b c
            """);
  }

  /** As in a history with a delete of thousands of names. */
  @Test
  void oneLongCellAtTheEndMakesNoOtherLineLong() {
    Table table = new Table("WHEN", "REFERENCE");
    table.row("now", "x".repeat(100_000));
    for (int i = 0; i < 60_000; i++) {
      table.row("then", "y");
    }

    assertThat(printed(table)).hasSize("WHEN  REFERENCE\n".length() + 6 + 100_001 + 60_000 * 8);
  }

  /** By letters, of however many bytes. */
  @Test
  void alignsWhatIsNotAscii() {
    Table table = new Table("NAME", ">SIZE", "");
    table.row("größe\u202e", "1 B", "█░");
    table.row("x", "12 B", "");
    table.row("\ud83d\ude00", "", "");

    assertThat(printed(table))
        .isEqualTo(
            """
            NAME         SIZE
            größe\\u202e   1 B  █░
            x            12 B
            \ud83d\ude00
            """);
  }

  /** As a query without columns has, which the database takes. */
  @Test
  void aTableMayHaveNoColumns() {
    Table table = new Table();
    table.row();

    assertThat(printed(table)).isEqualTo("\n\n");
  }
}
