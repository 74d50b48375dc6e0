import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** The least that a Java process with the database can do: opens an empty one and asks once. */
final class OpenEmpty {
  private OpenEmpty() {}

  public static void main(String[] words) throws SQLException {
    Properties user = new Properties();
    user.setProperty("user", "sa");
    user.setProperty("password", "");
    String url = "jdbc:h2:file:" + words[0] + ";MAX_COMPACT_TIME=0";
    try (Connection connection = new org.h2.Driver().connect(url, user);
        Statement statement = connection.createStatement();
        ResultSet one = statement.executeQuery("SELECT 1")) {
      one.next();
      System.out.println(one.getInt(1));
    }
  }
}
