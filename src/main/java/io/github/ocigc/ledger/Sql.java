package io.github.ocigc.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of a statement: values for its names, then {@link #execute} or {@link #map}. Arrays are
 * values too: {@code = ANY (:ids)} is one statement for any number of rows. A long one is run
 * several times, with a part of the arrays each: of many keys, the database would rather scan the
 * table and look for each row's key among them than look each up, it compares each row that it
 * found with one key after the other, and it takes no more than 65,536. So what a statement does
 * for a value may depend on that one alone; and it may not stop before its end (LIMIT): run again,
 * the database would first go on with the rows that were left the last time. With an empty array it
 * does nothing, and is not even prepared: a command that has just started reads SQL slowly.
 */
final class Sql {
  /** Keys looked up at once: with 500, a hundred thousand edges took four times as long. */
  private static final int KEYS = 40;

  /** Rows given at once. */
  private static final int ROWS = 500;

  private final Handle handle;
  private final String text;
  private final Handle.Prepared prepared;
  private final Map<Integer, Object[]> inParts = new HashMap<>();
  private final int part;
  private boolean hasNoValues;
  private int bound;

  Sql(Handle handle, String text, Handle.Prepared prepared) {
    this.handle = handle;
    this.text = text;
    this.prepared = prepared;
    part = prepared.sql().looksUp() ? KEYS : ROWS;
  }

  /** Gives a value to a name, wherever it stands. */
  Sql bind(String name, @Nullable Object value) {
    List<String> names = prepared.sql().names();
    int before = bound;
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equals(name)) {
        if (value instanceof Object[] values && values.length > part) {
          inParts.put(i + 1, values);
        } else if (value instanceof Object[] values && values.length == 0) {
          hasNoValues = true;
        } else {
          give(i + 1, value);
        }
        bound++;
      }
    }
    if (bound == before) {
      throw new IllegalArgumentException("no :" + name + " in " + text);
    }
    return this;
  }

  private void give(int place, @Nullable Object value) {
    try {
      prepared.statement().setObject(place, value);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** How often the statement is to be run. */
  private int parts() {
    if (hasNoValues) {
      return 0;
    }
    int length = 0;
    for (Object[] values : inParts.values()) {
      if (length != 0 && length != values.length) {
        throw new IllegalStateException("long arrays of several lengths in " + text);
      }
      length = values.length;
    }
    return Math.max(1, (length + part - 1) / part);
  }

  private void givePart(int number) {
    int from = number * part;
    inParts.forEach(
        (place, values) ->
            give(place, Arrays.copyOfRange(values, from, Math.min(values.length, from + part))));
  }

  /** Runs what changes rows; returns how many it changed. */
  int execute() {
    requireValues();
    long start = System.nanoTime();
    try {
      int changed = 0;
      for (int number = 0; number < parts(); number++) {
        givePart(number);
        changed += prepared.statement().executeUpdate();
      }
      handle.back(text, prepared, System.nanoTime() - start);
      return changed;
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private void requireValues() {
    if (bound < prepared.sql().names().size()) {
      throw new IllegalStateException("a name without a value in " + text);
    }
  }

  private SqlFailure failure(SQLException e) {
    return new SqlFailure("cannot run " + text, e);
  }

  /** Makes something of the row on which a result stands. */
  interface RowReader<T> {
    T read(ResultSet rs) throws SQLException;
  }

  /** Runs a query when the answer is asked for. */
  <T> Answer<T> map(RowReader<T> reader) {
    return new Answer<>(reader);
  }

  /** What a query answers; asked for once. */
  final class Answer<T> {
    private final RowReader<T> reader;

    private Answer(RowReader<T> reader) {
      this.reader = reader;
    }

    void forEach(Consumer<T> each) {
      requireValues();
      long took = 0;
      for (int number = 0; number < parts(); number++) {
        givePart(number);
        took += once(each);
      }
      handle.back(text, prepared, took);
    }

    /** Returns the nanoseconds until there was an answer. */
    private long once(Consumer<T> each) {
      long start = System.nanoTime();
      try (ResultSet rs = prepared.statement().executeQuery()) {
        long took = System.nanoTime() - start;
        while (rs.next()) {
          each.accept(reader.read(rs));
        }
        return took;
      } catch (SQLException e) {
        throw failure(e);
      }
    }

    List<T> list() {
      List<T> rows = new ArrayList<>();
      forEach(rows::add);
      return rows;
    }

    /** The only row, if there is one. */
    Optional<T> findOne() {
      List<T> rows = list();
      if (rows.size() > 1) {
        throw new IllegalStateException(rows.size() + " rows instead of one from " + text);
      }
      return rows.stream().findFirst();
    }

    T one() {
      return findOne().orElseThrow(() -> new IllegalStateException("no row from " + text));
    }
  }
}
