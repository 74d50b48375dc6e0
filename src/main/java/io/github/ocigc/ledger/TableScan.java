package io.github.ocigc.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.h2.message.DbException;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.result.SearchRow;
import org.h2.util.JSR310Utils;
import org.h2.value.VersionedValue;

/**
 * All rows of a table that are committed when {@link #forEach} begins: what a query of the whole
 * table answers, from the storage engine itself and so at less than half the cost. Several scans
 * may go on at once, each by a thread of its own.
 */
final class TableScan {
  private final String table;
  private final int[] columns;
  private final MVMap<Long, VersionedValue<SearchRow>> map;

  /** {@code columns}: where the table's rows have them. */
  TableScan(String table, int[] columns, MVMap<Long, VersionedValue<SearchRow>> map) {
    this.table = table;
    this.columns = columns.clone();
    this.map = map;
  }

  /** A row's values, by the columns that were asked for, from 1. */
  final class Row {
    private final SearchRow values;

    private Row(SearchRow values) {
      this.values = values;
    }

    long number(int column) {
      return values.getValue(columns[column - 1]).getLong();
    }

    boolean isNull(int column) {
      return values.isNull(columns[column - 1]);
    }

    boolean truth(int column) {
      return values.getValue(columns[column - 1]).getBoolean();
    }

    Instant instant(int column) {
      return JSR310Utils.valueToInstant(values.getValue(columns[column - 1]), null);
    }

    String textOrEmpty(int column) {
      return isNull(column) ? "" : text(column);
    }

    /** Of a column that is not NULL. */
    String text(int column) {
      return values.getValue(columns[column - 1]).getString();
    }
  }

  /**
   * Hands out the rows in the order of their keys.
   *
   * @throws SqlFailure if they cannot be read
   */
  void forEach(Consumer<Row> each) {
    Cursor<Long, VersionedValue<SearchRow>> cursor = map.cursor(null);
    while (advances(cursor)) {
      SearchRow committed = cursor.getValue().getCommittedValue();
      if (committed != null) {
        each.accept(new Row(committed));
      }
    }
  }

  /**
   * The row with this key, if it is committed.
   *
   * @throws SqlFailure if it cannot be read
   */
  Optional<Row> at(long key) {
    try {
      return Optional.ofNullable(map.get(key)).map(VersionedValue::getCommittedValue).map(Row::new);
    } catch (RuntimeException e) {
      throw unreadable(e);
    }
  }

  private boolean advances(Cursor<Long, VersionedValue<SearchRow>> cursor) {
    try {
      if (!cursor.hasNext()) {
        return false;
      }
      cursor.next();
      return true;
    } catch (RuntimeException e) {
      throw unreadable(e);
    }
  }

  private SqlFailure unreadable(RuntimeException e) {
    return new SqlFailure("cannot read the table " + table, DbException.toSQLException(e));
  }
}
