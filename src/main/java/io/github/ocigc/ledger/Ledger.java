package io.github.ocigc.ledger;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.RootKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.h2.store.fs.FileUtils;

/**
 * An open ledger: the transactions of catching up and deleting. Questions are answered by {@link
 * #view()}.
 *
 * <p>Each method is one transaction. Those that say so are durable when they return: written and
 * fsynced. So are the others in a ledger that lives in a file, since {@link SealedChannel} lets no
 * commit return before; nothing should rely on it. Not safe for use by several threads; holds the
 * database's file lock until {@link #close}.
 */
public final class Ledger implements AutoCloseable {
  private static final String URL = "jdbc:h2:";

  /** Transactions; of the three of a delete, two leave a chunk in the file. */
  private static final int GATHER_AFTER = 32;

  private static final Duration LOOKING = Duration.ofMillis(30);

  private final Handle handle;
  private final Counts counts;
  private final boolean writable;
  private int transactions;

  Ledger(Connection connection, boolean writable) {
    this.handle = new Handle(connection);
    this.writable = writable;
    this.counts = new Counts(handle, new MediaTypes(handle));
  }

  /** Why this database cannot be used as a ledger; a newer schema throws. */
  Optional<String> objection() {
    return schema().objection(writable).or(this::unfinished);
  }

  private Optional<String> unfinished() {
    return state().filter(StoreState::complete).isPresent()
        ? Optional.empty()
        : Optional.of("it was never built to its end");
  }

  LedgerSchema schema() {
    return new LedgerSchema(handle);
  }

  /** False if it was opened for questions alone: then the transactions of this class throw. */
  public boolean isWritable() {
    return writable;
  }

  /** Questions. */
  public LedgerView view() {
    return new LedgerView(handle);
  }

  public Optional<StoreState> state() {
    return StoreStateTable.read(handle.tables());
  }

  /**
   * Notes where the store is now, or what was seen of it. Reaches the disk with the next
   * transaction, or when the ledger is closed: after a crash before that it is seen once more.
   */
  public void setState(StoreState state) {
    writtenLater(
        () -> {
          new StoreStateTable(handle).write(state);
          return state;
        });
  }

  /** Notes contents that are here and that nothing holds. */
  public void note(List<Arrival> unheld) {
    transaction(
        () -> {
          new ArrivalRows(handle).put(unheld);
          return unheld;
        });
  }

  /** What is known of contents. */
  public Holdings holdings() {
    return new Holdings(handle);
  }

  /**
   * Takes in what has changed on disk: what is new is held before what has gone is released. Roots
   * that a dead delete of ours meant to drop and that are gone are finished: what only they held is
   * condemned. What else has gone was another tool's doing, and is merely unheld. Durable if
   * anything was condemned. A second call with the same growth changes nothing.
   */
  public void grow(Growth growth, StoreState seen) {
    boolean condemned =
        transaction(
            () -> {
              List<EdgeKey> outdated =
                  new Intake(handle, counts)
                      .take(growth.arrivals(), growth.added(), growth.begun());
              Set<RootKey> ours = new IntentTable(handle).all();
              TagTable tags = new TagTable(handle);
              List<LedgerRoot> gone =
                  growth.gone().stream().map(tags::find).flatMap(Optional::stream).toList();
              Release release = new Release(handle, counts);
              List<LedgerRoot> finished =
                  gone.stream().filter(root -> ours.contains(root.key())).toList();
              List<LedgerRoot> foreign =
                  gone.stream().filter(root -> !ours.contains(root.key())).toList();
              Plan delete = plan(PlanRequest.dropping(finished, PlanRequest.Weak.STRAND));
              if (growth.trusted() && delete.obstacles().isEmpty()) {
                release.condemn(delete);
              } else {
                release.unhold(delete);
              }
              release.unhold(
                  plan(
                      new PlanRequest(
                          foreign, List.of(), outdated, List.of(), PlanRequest.Weak.STRAND)));
              boolean deferred = endLeases(growth, release);
              new Deferral(handle).review();
              new StrandedRoots(handle).review();
              new IntentTable(handle).clear();
              growth.strays().ifPresent(new StrayTable(handle)::replace);
              new StoreStateTable(handle).write(seen);
              return deferred || !delete.condemned().isEmpty();
            });
    if (condemned) {
      makeDurable();
    }
  }

  /** After what was held by them only has found its new holders. True if anything is to go. */
  private boolean endLeases(Growth growth, Release release) {
    if (growth.ended().isEmpty()) {
      return false;
    }
    Plan end = plan(PlanRequest.ending(growth.ended()));
    if (growth.trusted()) {
      return !release.end(end).isEmpty();
    }
    release.unhold(end);
    return false;
  }

  /** Of these, what only leases hold goes when the last of them ends. */
  public void defer(Collection<Digest> contents) {
    transaction(
        () -> {
          new Deferral(handle).add(new ContentTable(handle).findDigests(contents));
          return contents;
        });
  }

  /** The transfers that the ledger takes to be under way. */
  public Set<String> leases() {
    return new LeaseTable(handle).ids();
  }

  /** True if a delete of ours died before its end. */
  public boolean hasIntent() {
    return !handle.tables().isEmpty("intent");
  }

  /** Answers what would follow if these roots went. Changes nothing. */
  public Plan plan(PlanRequest request) {
    return new Planner(handle, request).plan();
  }

  /** What would be condemned too if no transfer were under way, and will be when the last ends. */
  public List<Content> deferredBy(PlanRequest request) {
    Set<String> leases = leases();
    if (leases.isEmpty()) {
      return List.of();
    }
    Set<Content> later = new LinkedHashSet<>(plan(request.alsoEnding(leases)).condemned());
    later.removeAll(plan(request).condemned());
    later.removeAll(plan(PlanRequest.ending(List.copyOf(leases))).condemned());
    return List.copyOf(later);
  }

  /** Notes which roots are about to be dropped from the disk. Durable. */
  public void intend(List<RootKey> roots) {
    writtenLater(
        () -> {
          new IntentTable(handle).clear();
          new IntentTable(handle).add(roots);
          return roots;
        });
    makeDurable();
  }

  /** The roots were not dropped after all. */
  public void abandonIntent() {
    transaction(
        () -> {
          new IntentTable(handle).clear();
          return true;
        });
  }

  /**
   * Carries out a plan whose roots have left the disk: after this, what is condemned may be
   * unlinked. Durable.
   *
   * @param added the roots that the same rewrite added
   * @throws IllegalStateException if the ledger is not as the plan found it; then nothing changed
   */
  public void release(
      Plan plan, List<io.github.ocigc.oci.Root> added, StoreState seen, Event event) {
    writtenLater(
        () -> {
          new Intake(handle, counts).take(List.of(), added, List.of());
          new Release(handle, counts).condemn(plan);
          new StrandedRoots(handle).review();
          new IntentTable(handle).clear();
          new StoreStateTable(handle).write(seen);
          new EventTable(handle).add(List.of(event));
          return plan;
        });
    makeDurable();
  }

  /**
   * Condemns contents that a look at the whole disk found to be held by nothing. Durable.
   *
   * @return those that are condemned now: what the ledger holds is left out
   */
  public List<Content> condemnUnheld(List<Arrival> unreachable) {
    List<Content> condemned =
        writtenLater(
            () -> {
              ContentTable contents = new ContentTable(handle);
              Set<Digest> known = new HashSet<>();
              contents
                  .findDigests(unreachable.stream().map(Arrival::digest).toList())
                  .forEach(content -> known.add(content.digest()));
              new ArrivalRows(handle)
                  .put(unreachable.stream().filter(a -> !known.contains(a.digest())).toList());
              List<Content> free =
                  contents.findDigests(unreachable.stream().map(Arrival::digest).toList()).stream()
                      .filter(c -> c.refCount() == 0 && c.state() == Content.State.PRESENT)
                      .toList();
              contents.nowCondemned(free.stream().map(Content::id).toList());
              return free;
            });
    makeDurable();
    return condemned;
  }

  /** Contents whose files are to be unlinked and since when, holders before what they held. */
  public Map<Content, Instant> condemned() {
    return new ContentTable(handle).condemned();
  }

  /** The ids of the same. */
  public Set<Long> condemnedIds() {
    return new ContentTable(handle).condemnedIds();
  }

  /**
   * The files of these are gone. Reaches the disk with the next transaction, or when the ledger is
   * closed: after a crash before that they are condemned still, and their files not there.
   */
  public void forget(List<Content> swept) {
    writtenLater(
        () -> {
          new ContentTable(handle).swept(swept.stream().map(Content::id).toList());
          return swept;
        });
  }

  /** Notes where manifests are now besides here, and that. */
  public void recordPush(List<Pushed> pushed, Event event) {
    transaction(
        () -> {
          PushedTable table = new PushedTable(handle);
          pushed.forEach(table::put);
          new EventTable(handle).add(List.of(event));
          return event;
        });
  }

  /** Notes what was done; at least one event. */
  public void record(List<Event> events) {
    transaction(
        () -> {
          new EventTable(handle).add(events);
          return events;
        });
  }

  /** Writes the file anew, as small as it can be, and closes it. */
  public void compactAndClose() {
    try (Statement statement = handle.connection().createStatement()) {
      statement.execute(
          "SHUTDOWN COMPACT"); // not by the handle, which asks for a result afterwards
    } catch (SQLException e) {
      throw new IllegalStateException("the ledger could not be compacted: " + e.getMessage(), e);
    }
  }

  /**
   * Makes room in the file, so that it stays at about twice what {@link #compactAndClose} would
   * leave. Takes at most about so long; what is left to do is left to the next. A crash in it loses
   * nothing.
   */
  public void tidy(Duration limit) {
    space().tidy(limit);
  }

  /** Finds room that the database has lost track of, unless the file has a newer version by now. */
  void findLost(long version) {
    LostPages.of(handle.connection()).free(version, LOOKING);
  }

  private Space space() {
    return Space.of(handle.connection());
  }

  /** COMMIT alone neither writes nor fsyncs, by what the database promises. */
  private void makeDurable() {
    handle.execute("CHECKPOINT SYNC");
  }

  /** Followed by what brings it to the disk. */
  private <T> T writtenLater(Supplier<T> work) {
    return space().writtenLater(() -> transaction(work));
  }

  private <T> T transaction(Supplier<T> work) {
    if (++transactions % GATHER_AFTER == 0) {
      space().gather();
    }
    return handle.inTransaction(work);
  }

  Connection connection() {
    return handle.connection();
  }

  /** What the database calls this, to open it once more. */
  String url() {
    try {
      return handle.connection().getMetaData().getURL();
    } catch (SQLException e) {
      throw new SqlFailure("cannot ask for the ledger's address", e);
    }
  }

  boolean inMemory() {
    return url().startsWith(URL + LedgerFile.IN_MEMORY);
  }

  /** How long statements of this ledger have been executed, in nanoseconds. */
  public long sqlNanos() {
    return handle.nanos();
  }

  /** True once {@link #compactAndClose} has run. */
  public boolean closed() {
    try {
      return handle.connection().isClosed();
    } catch (SQLException e) {
      return true;
    }
  }

  @Override
  public void close() {
    if (closed()) {
      return;
    }
    Optional<String> memory = inMemory() ? Optional.of(url()) : Optional.empty();
    space()
        .writtenLater(
            () -> {
              handle.close();
              return true;
            });
    memory.ifPresent(url -> FileUtils.delete(url.substring(URL.length()) + LedgerFile.SUFFIX));
  }
}
