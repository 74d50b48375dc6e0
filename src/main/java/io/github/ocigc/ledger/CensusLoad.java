package io.github.ocigc.ledger;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Lease;
import io.github.ocigc.oci.Role;
import io.github.ocigc.oci.Root;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fills a new, empty ledger with a tally: contents and, at the same time, everything else, all in
 * the order of {@link RowIds}. The index of an edge's key grows along, in its own order; the others
 * are made after their rows. Committed in parts: the ledger says REBUILDING until {@link #load}
 * returns, and stands beside the old one.
 */
public final class CensusLoad {
  private final Handle handle;

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

  /** Takes off the indexes, which can be done before the tally is there. */
  CensusLoad(Handle handle) {
    this.handle = handle;
    try {
      LoadIndexes.drop(handle.connection());
    } catch (SQLException e) {
      throw new IllegalStateException("the ledger cannot be loaded: " + e.getMessage(), e);
    }
  }

  /** Loads everything; {@code state} is recorded last, and the whole made durable. */
  public void load(Tally tally, Memory memory, StoreState state) {
    Connection connection = handle.connection();
    UsageTally usage = new UsageTally(tally);
    try {
      RowIds rows = new RowIds(tally);
      Map<String, Integer> mediaTypes = mediaTypes(tally);
      connection.setAutoCommit(false);
      besides(
          connection.getMetaData().getURL(),
          second -> {
            roots(second, tally, rows, mediaTypes, usage);
            small(second, tally, rows);
            unheld(second, tally, rows, memory.unheld());
            leases(second, tally, rows);
            edges(second, tally, rows, mediaTypes);
          },
          () -> {
            history(connection, memory.history());
            contents(connection, tally, rows, usage);
            LoadIndexes.ofContents(connection);
          });
      LoadIndexes.ofOthers(connection);
      LoadIndexes.constrain(connection, rows.order().length + 1L, tally.weak.length + 1L);
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      throw new IllegalStateException("the ledger could not be loaded: " + e.getMessage(), e);
    }
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

  private interface Work {
    void run() throws SQLException;
  }

  private interface WorkOn {
    void run(Connection connection) throws SQLException;
  }

  /** Does two things at once, the first on a connection of its own. */
  private static void besides(String url, WorkOn other, Work own) throws SQLException {
    CompletableFuture<Void> running =
        CompletableFuture.runAsync(
            () -> {
              try (Connection second = DriverManager.getConnection(url, "sa", "")) {
                second.setAutoCommit(false);
                other.run(second);
                second.commit();
              } catch (SQLException e) {
                throw new CompletionException(e);
              }
            });
    try {
      own.run();
    } catch (SQLException | RuntimeException e) {
      running.exceptionally(alsoFailed -> null).join(); // nobody writes once we have given up
      throw e;
    }
    try {
      running.join();
    } catch (CompletionException e) {
      throw new SQLException(e.getCause());
    }
  }

  private Map<String, Integer> mediaTypes(Tally tally) {
    MediaTypes table = new MediaTypes(handle);
    Map<String, Integer> ids = new HashMap<>();
    Stream.concat(
            tally.census.words().stream().map(Census.LinkWords::mediaType),
            tally.census.roots.stream().map(Root::mediaType))
        .distinct()
        .forEach(
            name -> {
              Integer id = table.id(name);
              if (id != null) {
                ids.put(name, id);
              }
            });
    return ids;
  }

  private static void contents(Connection connection, Tally tally, RowIds rows, UsageTally usage)
      throws SQLException {
    Census census = tally.census;
    String sql =
        """
        INSERT INTO content (id, digest, size_bytes, allocated_bytes, state, form, ref_count,
          created, sole_tag_id)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;
    try (BatchInsert batch = new BatchInsert(connection, sql)) {
      for (int number : rows.order()) {
        batch.row.set(1, rows.id(number));
        batch.row.set(2, census.digests.text(number));
        batch.row.set(3, census.sizeBytes(number));
        batch.row.set(4, census.allocatedBytes(number));
        batch.row.set(5, census.present(number) ? "present" : "absent");
        batch.row.set(6, census.form(number).label());
        batch.row.set(7, tally.refCounts[number]);
        batch.row.set(8, ArrivalRows.shortened(census.created(number)));
        batch.row.set(9, soleTag(usage.sole(number)));
        batch.add();
      }
    }
  }

  /** A root's row has its number plus 1. */
  private static @Nullable Integer soleTag(int root) {
    return root == UsageTally.SEVERAL ? null : root + 1;
  }

  private static void edges(
      Connection connection, Tally tally, RowIds rows, Map<String, Integer> mediaTypes)
      throws SQLException {
    Census census = tally.census;
    String sql =
        """
        INSERT INTO edge (holder_id, held_id, role, position, media_type_id, platform)
        VALUES (?, ?, ?, ?, ?, ?)
        """;
    try (BatchInsert batch = new BatchInsert(connection, sql)) {
      for (int holder : rows.order()) {
        for (int i = 0; tally.held(holder) && i < census.linkCount(holder); i++) {
          int link = census.firstLink(holder) + i;
          Census.LinkWords words = census.words(link);
          batch.row.set(1, rows.id(holder));
          batch.row.set(2, rows.id(census.linkHeld.get(link)));
          batch.row.set(3, census.role(link).label());
          batch.row.set(4, census.position(link));
          batch.row.set(5, mediaTypes.get(words.mediaType()));
          batch.row.set(6, words.platform().isEmpty() ? null : Counts.shortened(words.platform()));
          batch.add();
        }
        Ints referrers = census.referrers(holder);
        for (int i = 0; tally.held(holder) && i < referrers.size(); i++) {
          batch.row.set(1, rows.id(holder));
          batch.row.set(2, rows.id(referrers.get(i)));
          batch.row.set(3, Role.REFERRER.label());
          batch.row.set(4, 0);
          batch.row.set(5, null);
          batch.row.set(6, null);
          batch.add();
        }
      }
    }
  }

  private static void roots(
      Connection connection,
      Tally tally,
      RowIds rows,
      Map<String, Integer> mediaTypes,
      UsageTally usage)
      throws SQLException {
    String sql =
        """
        INSERT INTO tag (id, name, content_id, media_type_id, stamp, subject, weak, total_bytes,
          total_allocated_bytes, unique_bytes, unique_allocated_bytes, created,
          content_digest)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;
    try (BatchInsert batch = new BatchInsert(connection, sql)) {
      for (int i = 0; i < tally.weak.length; i++) {
        Root root = tally.census.roots.get(i);
        batch.row.set(1, i + 1L); // an identity of the database's costs a commit every 32 rows
        batch.row.set(2, Rows.orNull(root.name()));
        batch.row.set(3, rows.id(tally.target(i)));
        batch.row.set(4, mediaTypes.get(root.mediaType()));
        batch.row.set(5, Rows.orNull(root.stamp()));
        batch.row.set(6, Rows.orNull(tally.rootSubject(i)));
        batch.row.set(7, tally.weak[i]);
        batch.row.set(8, usage.total(i).bytes());
        batch.row.set(9, usage.total(i).allocatedBytes());
        batch.row.set(10, usage.unique(i).bytes());
        batch.row.set(11, usage.unique(i).allocatedBytes());
        batch.row.set(12, usage.created(i));
        batch.row.set(13, root.digest().toString());
        batch.add();
      }
    }
  }

  private static void small(Connection connection, Tally tally, RowIds rows) throws SQLException {
    Census census = tally.census;
    try (BatchInsert referrer =
            new BatchInsert(
                connection, "INSERT INTO referrer (content_id, subject) VALUES (?, ?)");
        BatchInsert absent =
            new BatchInsert(connection, "INSERT INTO absent (content_id) VALUES (?)");
        BatchInsert damage =
            new BatchInsert(connection, "INSERT INTO damage (content_id) VALUES (?)")) {
      for (int number : rows.order()) {
        if (census.subject(number).isPresent()) {
          referrer.row.set(1, rows.id(number));
          referrer.row.set(2, census.digests.text(census.subject(number).get()));
          referrer.add();
        }
        if (!census.present(number)) {
          absent.row.set(1, rows.id(number));
          absent.add();
        }
        if (tally.damaged(number)) {
          damage.row.set(1, rows.id(number));
          damage.add();
        }
      }
    }
  }

  private static void unheld(
      Connection connection, Tally tally, RowIds rows, Map<Digest, Instant> unheld)
      throws SQLException {
    try (BatchInsert batch =
        new BatchInsert(connection, "INSERT INTO unheld (content_id, since) VALUES (?, ?)")) {
      for (Map.Entry<Digest, Instant> entry : unheld.entrySet()) {
        int number = tally.census.digests.find(entry.getKey());
        if (number >= 0 && rows.id(number) > 0 && !tally.held(number)) {
          batch.row.set(1, rows.id(number));
          batch.row.set(2, OffsetDateTime.ofInstant(entry.getValue(), ZoneOffset.UTC));
          batch.add();
        }
      }
    }
  }

  private static void leases(Connection connection, Tally tally, RowIds rows) throws SQLException {
    try (BatchInsert lease =
            new BatchInsert(connection, "INSERT INTO lease (id, owner) VALUES (?, ?)");
        BatchInsert named =
            new BatchInsert(
                connection, "INSERT INTO lease_content (lease_id, content_id) VALUES (?, ?)")) {
      for (Lease live : tally.census.leases) {
        lease.row.set(1, live.id());
        lease.row.set(2, live.owner());
        lease.add();
      }
      lease.flush();
      for (Lease live : tally.census.leases) {
        for (Digest digest : live.digests()) {
          named.row.set(1, live.id());
          named.row.set(2, rows.id(tally.census.digests.find(digest)));
          named.add();
        }
      }
    }
  }

  /** {@code history} is newest first; ids are to rise with time. */
  private static void history(Connection connection, List<Event> history) throws SQLException {
    String sql =
        """
        INSERT INTO event (at, action, reference, freed_blobs, freed_bytes)
        VALUES (?, ?, ?, ?, ?)
        """;
    try (BatchInsert batch = new BatchInsert(connection, sql)) {
      for (int i = history.size() - 1; i >= 0; i--) {
        Event event = history.get(i);
        batch.row.set(1, OffsetDateTime.ofInstant(event.at(), ZoneOffset.UTC));
        batch.row.set(2, event.action());
        batch.row.set(3, event.reference());
        batch.row.set(4, event.freedBlobs());
        batch.row.set(5, event.freedBytes());
        batch.add();
      }
    }
  }
}
