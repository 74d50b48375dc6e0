package io.github.ocigc.ledger;

import io.github.ocigc.oci.Digest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Binding of many keys at once: {@code = ANY (:ids)} is one statement for any number of rows. */
final class Rows {
  private Rows() {}

  /**
   * Each once and rising: {@link Sql} may run a statement for a part of them at a time, which is to
   * find no row twice, and rows ordered by them in that order.
   */
  static Long[] ids(Collection<Long> ids) {
    return ids.stream().distinct().sorted().toArray(Long[]::new);
  }

  static String[] digests(Collection<Digest> digests) {
    return digests.stream().distinct().map(Digest::toString).toArray(String[]::new);
  }

  /** One column of rows that go in together; missing values are null. */
  static <R, V> V[] column(List<R> rows, Function<R, @Nullable V> value, IntFunction<V[]> array) {
    return rows.stream().map(value).toArray(array);
  }

  /** An empty text is no text. */
  static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  static Instant instant(ResultSet rs, int column) throws SQLException {
    return rs.getObject(column, OffsetDateTime.class).toInstant();
  }

  static Sql query(Handle handle, String sql, Long[] ids) {
    return handle.sql(sql).bind("ids", ids);
  }
}
