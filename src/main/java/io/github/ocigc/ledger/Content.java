package io.github.ocigc.ledger;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Form;
import io.github.ocigc.oci.Size;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code content}.
 *
 * @param size of the file; zero while absent
 * @param refCount edges, tags, untagged roots and leases that name it
 */
public record Content(long id, Digest digest, Size size, State state, Form form, int refCount) {
  /** Whether the file is here. */
  public enum State {
    PRESENT,
    ABSENT,
    CONDEMNED;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public long sizeBytes() {
    return size.bytes();
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
        && size.sameAs(content.size)
        && state == content.state
        && form == content.form
        && refCount == content.refCount;
  }

  /**
   * From columns id, digest, size_bytes, allocated_bytes, state, form, ref_count beginning at
   * {@code column}.
   */
  static Content read(ResultSet rs, int column) throws SQLException {
    return new Content(
        rs.getLong(column),
        digest(rs.getString(column + 1)),
        size(rs, column + 2),
        state(rs.getString(column + 4)),
        Form.of(rs.getString(column + 5)),
        rs.getInt(column + 6));
  }

  /** From the same columns, which are a scan's first. */
  static Content read(TableScan.Row row) {
    return new Content(
        row.number(1),
        digest(row.text(2)),
        new Size(row.number(3), row.number(4)),
        state(row.text(5)),
        Form.of(row.text(6)),
        Math.toIntExact(row.number(7)));
  }

  /** From columns size_bytes, allocated_bytes. */
  static Size size(ResultSet rs, int column) throws SQLException {
    return new Size(rs.getLong(column), rs.getLong(column + 1));
  }

  static State state(String label) {
    return State.valueOf(label.toUpperCase(Locale.ROOT));
  }

  static Digest digest(String text) {
    return Digest.parse(text)
        .orElseThrow(() -> new IllegalStateException("the ledger holds no digest but " + text));
  }
}
