package io.github.ocigc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void alignsWordsToTheLeftAndNumbersToTheRight() {
    Table table = new Table("NAME", ">SIZE", "WHY");
    table.row("a", "12 B", "");
    table.row("longer\n", "1 B", "b c ");

    assertThat(table.text())
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

    assertThat(table.text()).hasSize("WHEN  REFERENCE\n".length() + 6 + 100_001 + 60_000 * 8);
  }
}
