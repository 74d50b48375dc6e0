package io.github.ocigc.ledger;

import io.github.ocigc.oci.OcigcException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One query by the user {@code reader}, who is refused everything but SELECT. */
final class ReaderQuery {
  private final Handle handle;

  ReaderQuery(Handle handle) {
    this.handle = handle;
  }

  LedgerView.Answer run(String sql) {
    requireOneStatement(sql);
    try (Connection reader =
            DriverManager.getConnection(
                handle.connection().getMetaData().getURL(), "reader", "reader");
        PreparedStatement query = reader.prepareStatement(sql);
        ResultSet rs = query.executeQuery()) {
      return answer(rs);
    } catch (SQLException e) {
      String words = e.getMessage() == null ? "no reason given" : e.getMessage();
      throw new OcigcException.Unusable(
          "The ledger cannot answer that: "
              + words.lines().findFirst().orElse(words)
              + "\nTables and views: content, edge, tag, holding, orphan, disk_usage, image_usage,"
              + " count_drift, event.");
    }
  }

  /**
   * The database runs what follows a query's semicolon too, and lets every user change its own
   * password: after that nobody could ask anything. A semicolon inside quotes is refused as well,
   * rather than told apart by a second opinion on the database's grammar.
   */
  private static void requireOneStatement(String sql) {
    if (sql.strip().replaceFirst(";$", "").indexOf(';') >= 0) {
      throw new OcigcException.Unusable(
          "One query at a time: leave out the ';'. Inside a text write CHAR(59) for it.");
    }
  }

  private static LedgerView.Answer answer(ResultSet rs) throws SQLException {
    ResultSetMetaData meta = rs.getMetaData();
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      columns.add(meta.getColumnLabel(i).toLowerCase(java.util.Locale.ROOT));
    }
    List<List<Optional<Object>>> rows = new ArrayList<>();
    while (rs.next()) {
      List<Optional<Object>> row = new ArrayList<>();
      for (int i = 1; i <= columns.size(); i++) {
        row.add(Optional.ofNullable(rs.getObject(i)));
      }
      rows.add(List.copyOf(row));
    }
    return new LedgerView.Answer(columns, rows);
  }
}
