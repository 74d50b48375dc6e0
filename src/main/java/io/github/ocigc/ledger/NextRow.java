package io.github.ocigc.ledger;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The values of the row that is being filled, behind those of the rows that wait with it. */
final class NextRow {
  private final @Nullable Object[] values;
  private final int columns;
  private int first;

  NextRow(int columns, int rows) {
    this.columns = columns;
    this.values = new @Nullable Object[columns * rows];
  }

  /** {@code column} counts from 1; what is not set is NULL. */
  void set(int column, @Nullable Object value) {
    values[first + column - 1] = value;
  }

  void next() {
    first += columns;
  }

  /** Gives all rows to a statement that takes as many, and forgets them. */
  void bind(PreparedStatement statement) throws SQLException {
    for (int i = 0; i < first; i++) {
      statement.setObject(i + 1, values[i]);
    }
    Arrays.fill(values, 0, first, null);
    first = 0;
  }
}
