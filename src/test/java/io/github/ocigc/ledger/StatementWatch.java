package io.github.ocigc.ledger;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A second connection to a store's ledger, in this process. While it is open the database keeps the
 * text of every statement that anybody executes; what it would read for each can then be asked.
 */
final class StatementWatch implements AutoCloseable {
  private static final Pattern CHANGE_IN_A_QUERY =
      Pattern.compile("(?:OLD|FINAL) TABLE \\((.*?)\\)\\s*GROUP BY", Pattern.DOTALL);
  private static final Pattern CAN_BE_EXPLAINED =
      Pattern.compile("(?:SELECT|INSERT|UPDATE|DELETE|MERGE)\\b.*", Pattern.DOTALL);
  private static final Pattern PLANNED_TABLE =
      Pattern.compile("\"PUBLIC\"\\.\"(\\w+)\"[^/(]*?/\\*(.*?)\\*/", Pattern.DOTALL);
  private static final Pattern ARRAY = Pattern.compile("(\\w+) = ANY \\(\\?\\)|\\?");

  private final Connection connection;

  StatementWatch(Path store) throws SQLException {
    SealedFile.register();
    connection =
        DriverManager.getConnection(
            "jdbc:h2:" + SealedFile.SCHEME + ":" + store.toAbsolutePath().resolve(".ocigc/ledger"),
            "sa",
            "");
    execute("SET QUERY_STATISTICS FALSE");
    execute("SET QUERY_STATISTICS TRUE");
    execute("SET QUERY_STATISTICS_MAX_ENTRIES 10000");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** What was executed since this was opened and has a plan; each text once. */
  List<String> statements() throws SQLException {
    List<String> texts =
        strings("SELECT SQL_STATEMENT FROM INFORMATION_SCHEMA.QUERY_STATISTICS").stream()
            .filter(sql -> CAN_BE_EXPLAINED.matcher(sql).matches())
            .filter(sql -> !sql.contains("QUERY_STATISTICS"))
            .toList();
    execute("SET QUERY_STATISTICS FALSE");
    return texts;
  }

  /**
   * Which tables a statement would read from end to end, in lower case. A count of all rows is
   * among them: the database has it at hand only as long as the transaction has not changed the
   * table.
   */
  List<String> scannedBy(String sql) throws SQLException {
    List<String> scanned = new ArrayList<>();
    Matcher table = PLANNED_TABLE.matcher(plan(sql));
    while (table.find()) {
      String how = table.group(2);
      boolean byCondition = how.contains(":") && !how.contains("tableScan");
      boolean never = how.contains("tableScan: FALSE");
      if (!byCondition && !never) {
        scanned.add(table.group(1).toLowerCase(java.util.Locale.ROOT));
      }
    }
    return scanned;
  }

  private String plan(String sql) throws SQLException {
    Matcher inside = CHANGE_IN_A_QUERY.matcher(sql);
    String change = inside.find() ? inside.group(1) : sql;
    try (PreparedStatement explain = connection.prepareStatement("EXPLAIN " + change)) {
      bind(explain, change);
      try (ResultSet plan = explain.executeQuery()) {
        plan.next();
        return plan.getString(1);
      }
    }
  }

  /** Values as a delete has them: a dozen rows of the ledger, or one. */
  private void bind(PreparedStatement explain, String sql) throws SQLException {
    ParameterMetaData types = explain.getParameterMetaData();
    Matcher question = ARRAY.matcher(sql);
    for (int i = 1; question.find(); i++) {
      String column = question.group(1);
      if (column == null) {
        explain.setObject(i, types.getParameterTypeName(i).contains("CHAR") ? "1" : 1);
      } else if (column.equals("digest") || column.equals("subject")) {
        explain.setObject(i, strings("SELECT digest FROM content LIMIT 12").toArray(String[]::new));
      } else {
        List<String> ids = strings("SELECT id FROM content LIMIT 12");
        explain.setObject(i, ids.stream().map(Long::valueOf).toArray(Long[]::new));
      }
    }
  }

  private List<String> strings(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rs = statement.executeQuery(query)) {
      List<String> strings = new ArrayList<>();
      while (rs.next()) {
        strings.add(rs.getString(1));
      }
      return strings;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
