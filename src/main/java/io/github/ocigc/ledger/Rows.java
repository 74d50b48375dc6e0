package io.github.ocigc.ledger;

import io.github.ocigc.oci.Digest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Binding of many keys at once: {@code = ANY (:ids)} is one statement for any number of rows. */
final class Rows {
  private static final int PART = 500;

  private Rows() {}

  static Long[] ids(Collection<Long> ids) {
    return ids.toArray(Long[]::new);
  }

  static String[] digests(Collection<Digest> digests) {
    return digests.stream().map(Digest::toString).toArray(String[]::new);
  }

  /** One column of rows that go in together; missing values are null. */
  static <R, V> V[] column(List<R> rows, Function<R, @Nullable V> value, IntFunction<V[]> array) {
    return rows.stream().map(value).toArray(array);
  }

  /** An empty text is no text. */
  static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  /**
   * Asks for so many keys at a time that the database looks each up: beyond, it would rather scan
   * the table and look for each row's key among the many.
   */
  static <T> List<T> inParts(Collection<Long> ids, Function<Long[], List<T>> query) {
    List<T> rows = new ArrayList<>();
    Long[] all = ids(ids);
    for (int from = 0; from < all.length; from += PART) {
      rows.addAll(query.apply(Arrays.copyOfRange(all, from, Math.min(from + PART, all.length))));
    }
    return rows;
  }

  static Sql query(Handle handle, String sql, Long[] ids) {
    return handle.sql(sql).bind("ids", ids);
  }
}
