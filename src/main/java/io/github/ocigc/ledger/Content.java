package io.github.ocigc.ledger;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Form;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code content}.
 *
 * @param sizeBytes the file's length; 0 while absent
 * @param refCount edges, tags, untagged roots and leases that name it
 */
public record Content(
    long id, Digest digest, long sizeBytes, State state, Form form, int refCount) {
  /** Whether the file is here. */
  public enum State {
    PRESENT,
    ABSENT,
    CONDEMNED;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** By the row's key; what records have by themselves is spun anew in every process. */
  @Override
  public int hashCode() {
    return Long.hashCode(id);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Content content
        && id == content.id
        && digest.equals(content.digest)
        && sizeBytes == content.sizeBytes
        && state == content.state
        && form == content.form
        && refCount == content.refCount;
  }

  /** From columns id, digest, size_bytes, state, form, ref_count beginning at {@code column}. */
  static Content read(ResultSet rs, int column) throws SQLException {
    return new Content(
        rs.getLong(column),
        digest(rs.getString(column + 1)),
        rs.getLong(column + 2),
        state(rs.getString(column + 3)),
        Form.of(rs.getString(column + 4)),
        rs.getInt(column + 5));
  }

  static State state(String label) {
    return State.valueOf(label.toUpperCase(Locale.ROOT));
  }

  static Digest digest(String text) {
    return Digest.parse(text)
        .orElseThrow(() -> new IllegalStateException("the ledger holds no digest but " + text));
  }
}
