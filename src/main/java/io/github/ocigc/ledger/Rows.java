package io.github.ocigc.ledger;

import io.github.ocigc.oci.Digest;
import java.util.Collection;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Binding of many keys at once: {@code = ANY (:ids)} is one statement for any number of rows. */
final class Rows {
  private Rows() {}

  static Long[] ids(Collection<Long> ids) {
    return ids.toArray(Long[]::new);
  }

  static String[] digests(Collection<Digest> digests) {
    return digests.stream().map(Digest::toString).toArray(String[]::new);
  }

  static Query query(Handle handle, String sql, Long[] ids) {
    return handle.createQuery(sql).bindByType("ids", ids, Long[].class);
  }
}
