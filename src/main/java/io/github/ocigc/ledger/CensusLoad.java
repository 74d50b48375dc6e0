package io.github.ocigc.ledger;

import io.github.ocigc.oci.Digest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.MVStoreException;

/**
 * Fills a new, empty ledger with a tally: first the large tables with their indexes, by {@link
 * CensusRows}, while the database is closed; then the small ones by SQL. The ledger says REBUILDING
 * until {@link #load} returns, and stands beside the old one.
 */
public final class CensusLoad {
  /**
   * Nobody reads the file before it is whole: written behind our back, by another thread, and
   * neither tidied nor analysed on the way.
   */
  private static final String BEING_BUILT =
      ";WRITE_DELAY=500;CACHE_SIZE=32768;AUTO_COMPACT_FILL_RATE=0;ANALYZE_AUTO=0";

  private final String base;
  private final Map<String, StoredTable> tables = new HashMap<>();

  /**
   * What only the old ledger knows.
   *
   * @param history newest first
   * @param samples oldest first
   * @param unheld since when what was held once is held by nothing
   * @param pushed where manifests were pushed
   */
  public record Memory(
      List<Event> history,
      List<UsageSample> samples,
      Map<Digest, Instant> unheld,
      List<Pushed> pushed) {
    public static final Memory NONE = new Memory(List.of(), List.of(), Map.of(), List.of());

    public Memory {
      history = List.copyOf(history);
      samples = List.copyOf(samples);
      unheld = Map.copyOf(unheld);
      pushed = List.copyOf(pushed);
    }
  }

  /**
   * Makes the empty ledger, which can be done before the tally is there.
   *
   * @param base the database's name, as its URL has it
   */
  CensusLoad(String base) throws SQLException {
    this.base = base;
    try (Connection connection = LedgerFile.connect(base, BEING_BUILT)) {
      new LedgerSchema(new Handle(connection)).create();
      Catalogue catalogue = Catalogue.of(connection);
      CensusRows.TABLES.forEach(name -> tables.put(name, catalogue.table(name)));
      write(connection);
    }
  }

  /** Closing writes, too, and is silent when it cannot: on a full disk. */
  private static void write(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CHECKPOINT");
    }
  }

  /**
   * Loads everything; {@code state} is recorded last, and the whole made durable.
   *
   * @return the ledger, open
   */
  public Ledger load(Tally tally, Memory memory, StoreState state) {
    CensusRows large = new CensusRows(tally);
    RowIds rows = large.rows();
    try {
      try (BulkLoad bulk = new BulkLoad(base + LedgerFile.SUFFIX, tables)) {
        large.fill(bulk);
        bulk.commit();
      }
      Ledger ledger = new Ledger(LedgerFile.connect(base, BEING_BUILT + ";IFEXISTS=TRUE"), true);
      try {
        Connection connection = ledger.connection();
        large.requireIn(Catalogue.of(connection));
        goOn(connection, rows.order().length, tally.roots(), large.mediaTypes().size());
        new SmallRows(connection, tally, rows).write(large.mediaTypes(), memory);
        finish(new Handle(connection), tally, large.usage(), memory, state);
        return ledger;
      } catch (SQLException | RuntimeException e) {
        close(ledger, e);
        throw e;
      }
    } catch (SQLException | MVStoreException e) {
      throw new IllegalStateException("the ledger could not be loaded: " + e.getMessage(), e);
    }
  }

  /** Has the database number rows from behind those that are there. */
  private static void goOn(Connection connection, int contents, int tags, int mediaTypes)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      String restart = "ALTER TABLE %s ALTER COLUMN id RESTART WITH %d";
      statement.execute(restart.formatted("content", contents + 1));
      statement.execute(restart.formatted("tag", tags + 1));
      statement.execute(restart.formatted("media_type", mediaTypes + 1));
    }
  }

  private static void finish(
      Handle handle, Tally tally, UsageTally usage, Memory memory, StoreState state) {
    handle.inTransaction(
        () -> {
          PushedTable pushed = new PushedTable(handle);
          memory.pushed().forEach(pushed::put);
          new TotalsTable(handle).add(usage.sums());
          new StrayTable(handle).replace(tally.census.strays());
          new SampleTable(handle).add(memory.samples());
          new SampleTable(handle).take(Instant.now(), "reconcile");
          new StoreStateTable(handle).write(state);
          return state;
        });
    handle.execute("CHECKPOINT SYNC");
  }

  private static void close(Ledger ledger, Exception failed) {
    try {
      ledger.close();
    } catch (RuntimeException alsoBroken) {
      failed.addSuppressed(alsoBroken);
    }
  }
}
