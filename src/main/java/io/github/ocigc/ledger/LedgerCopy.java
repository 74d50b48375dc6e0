package io.github.ocigc.ledger;

import io.github.ocigc.oci.OcigcException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Properties;
import org.h2.Driver;

/**
 * A ledger as it was at one moment, to be asked for as long as one likes: no writer waits for it,
 * and nothing done to it reaches the ledger. Who asks is the user {@code reader}, who may read the
 * tables and views; the copy is read-only for everybody; its passwords are thrown away; and {@link
 * QueriesOnly} runs nothing but queries.
 *
 * <p>The copy takes as much room in the temporary folder as the ledger's file has, under no name
 * (see {@link UnnamedFile}): it is gone when this is closed or the process ends, by {@code kill -9}
 * too. The connection may be used by several threads; they take turns.
 */
public final class LedgerCopy implements AutoCloseable {
  /** No trace; and the end of the process waits for no query. */
  private static final String OF_THE_DATABASE = ";TRACE_LEVEL_FILE=0;DB_CLOSE_ON_EXIT=FALSE";

  private final QueriesOnly reader;
  private final Runnable discard;

  private LedgerCopy(QueriesOnly reader, Runnable discard) {
    this.reader = reader;
    this.discard = discard;
  }

  /**
   * Copies a ledger, and closes it: while it is open in this process its file cannot be read
   * without losing the database's lock on it. The caller holds the store's lock, if there is one.
   *
   * @throws OcigcException.Locked if another program writes the ledger
   * @throws OcigcException.Refused if there is no room in the temporary folder, for one
   */
  public static LedgerCopy of(Ledger ledger, LedgerFile file) {
    return ledger.inMemory() ? ofMemory(ledger) : ofFile(ledger, file.path());
  }

  /** Such a ledger is nobody else's, and is asked itself. */
  private static LedgerCopy ofMemory(Ledger ledger) {
    Passwords passwords = new Passwords();
    try {
      passwords.set(ledger.connection());
      return new LedgerCopy(new QueriesOnly(ledger.url(), passwords.reader()), ledger::close);
    } catch (SQLException e) {
      ledger.close();
      throw new SqlFailure("cannot read the ledger that is in memory", e);
    }
  }

  private static LedgerCopy ofFile(Ledger ledger, Path path) {
    ledger.close();
    String name = copied(path);
    try {
      Passwords passwords = new Passwords();
      try (Connection owner = LedgerFile.connect(name, ";IFEXISTS=TRUE")) {
        passwords.set(owner);
      }
      return new LedgerCopy(reader("jdbc:h2:" + name, passwords), () -> discard(name));
    } catch (SQLException e) {
      discard(name);
      throw new SqlFailure("cannot open the copy of " + path, e);
    } catch (RuntimeException e) {
      discard(name);
      throw e;
    }
  }

  /** The owner opens it first: settings of a database are not for those without rights. */
  private static QueriesOnly reader(String url, Passwords passwords) throws SQLException {
    String readOnly = url + ";IFEXISTS=TRUE;ACCESS_MODE_DATA=r";
    try (Connection owner = new Driver().connect(readOnly + OF_THE_DATABASE, passwords.owner())) {
      if (!owner.isReadOnly()) {
        throw new IllegalStateException("the database does not open its copy for reading only");
      }
      return new QueriesOnly(readOnly, passwords.reader());
    }
  }

  private static String copied(Path path) {
    try {
      return UnnamedFile.copyOf(path, LedgerFile.SUFFIX);
    } catch (FileNotFoundException e) {
      throw new OcigcException.Locked(e.getMessage() + ". Wait for it to end, and try again.");
    } catch (IOException e) {
      throw new OcigcException.Refused(
          "Could not copy the ledger "
              + path
              + " to the temporary folder "
              + System.getProperty("java.io.tmpdir")
              + ": "
              + e.getMessage()
              + ". Make room there, or name another by OCIGC_JAVA_OPTS=-Djava.io.tmpdir=DIR.",
          e);
    }
  }

  /** Known to nobody, and forgotten when the copy is open. */
  private record Passwords(String ofOwner, String ofReader) {
    Passwords() {
      this(random(), random());
    }

    private static String random() {
      byte[] random = new byte[32];
      new SecureRandom().nextBytes(random);
      return HexFormat.of().formatHex(random);
    }

    void set(Connection owner) throws SQLException {
      try (Statement statement = owner.createStatement()) {
        statement.execute("ALTER USER reader SET PASSWORD '" + ofReader + "'");
        statement.execute("ALTER USER sa SET PASSWORD '" + ofOwner + "'");
      }
    }

    Properties owner() {
      return of("sa", ofOwner);
    }

    Properties reader() {
      return of("reader", ofReader);
    }

    private static Properties of(String user, String password) {
      Properties properties = new Properties();
      properties.put("user", user);
      properties.put("password", password);
      return properties;
    }
  }

  private static void discard(String name) {
    try {
      UnnamedFile.discard(name, LedgerFile.SUFFIX);
    } catch (IOException e) {
      throw new OcigcException.Refused("Could not give the ledger's copy back: " + e, e);
    }
  }

  /** The reader's. It is closed with the copy. */
  public Connection connection() {
    return reader;
  }

  /** Ends the query that is running, if there is one, with an error. From any thread. */
  public void stop() {
    reader.stop();
  }

  /** Stops what is running first. */
  @Override
  public void close() {
    stop();
    try {
      reader.close();
    } catch (SQLException e) {
      throw new SqlFailure("cannot close the ledger's copy", e);
    } finally {
      discard.run();
    }
  }
}
