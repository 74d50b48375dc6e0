package io.github.ocigc.engine;

import io.github.ocigc.ledger.Ledger;
import io.github.ocigc.ledger.LedgerFile;
import io.github.ocigc.ledger.LedgerGlance;
import io.github.ocigc.ledger.Preload;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Lease;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.store.Refusals;
import io.github.ocigc.store.Store;
import io.github.ocigc.store.StoreLock;
import io.github.ocigc.store.StorePaths;
import io.github.ocigc.store.Transfer;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A store with its lock and its ledger, caught up: what every verb works on. Opening it builds the
 * ledger if there is none, sets an unusable one aside and builds another, finishes or drops what a
 * dead command left, and takes in what other tools did. Not safe for use by several threads; hold
 * it for moments, since other processes wait for it.
 */
public final class OpenStore implements AutoCloseable {
  /** What a verb wants of the store. */
  public enum Access {
    /**
     * Questions. The ledger is opened for reading, and nothing is written, if it knows what the
     * disk says. A store that cannot be written will do: then the ledger is read, or worked out in
     * memory.
     */
    READ,
    /** As {@link #READ}; besides, the ledger is to know of files that came without a root. */
    READ_ALL,
    /** Changes the store. The ledger knows of files that came without a root. */
    WRITE
  }

  private static final Duration TIDYING = Duration.ofMillis(30);

  private final Store store;
  private final Ledger ledger;
  private final Options options;
  private final Optional<StoreLock> lock;
  private final OwnChanges changes;
  private final boolean lasting;
  private boolean closed;

  /**
   * {@code lock}: empty if the store cannot be written. {@code lasting}: the changes are of more
   * than this opening, and settled by another.
   */
  private OpenStore(
      Store store,
      Ledger ledger,
      Options options,
      Optional<StoreLock> lock,
      OwnChanges changes,
      boolean lasting) {
    this.store = store;
    this.ledger = ledger;
    this.options = options;
    this.lock = lock;
    this.changes = changes;
    this.lasting = lasting;
  }

  /** Says that a store will be opened soon: another core gets ready, and this returns at once. */
  public static void expect() {
    Preload.begin();
  }

  /** As {@link #expect}, for what can mostly be told without opening a store. */
  public static void expectGlance() {
    Preload.beginGlance();
  }

  /**
   * Opens the store in a folder.
   *
   * @param what says what we do, for other processes that wait for us
   * @throws OcigcException.Unusable if the folder holds no store
   * @throws OcigcException.Damaged if the store's roots cannot be read
   * @throws OcigcException.Locked if another process keeps the store for too long
   */
  public static OpenStore open(Path folder, String what, Access access, Options options) {
    Store store = Store.open(folder, options.manifestLimitBytes());
    LedgerFile file = new LedgerFile(store.paths().ledger());
    if (access != Access.WRITE && !writable(store, file)) {
      OwnChanges none = new OwnChanges(store);
      return new OpenStore(
          store,
          new StoreLedger(store, file, options).readOnly(),
          options,
          Optional.empty(),
          none,
          false);
    }
    Manner manner =
        switch (access) {
          case READ -> Manner.ASKING;
          case READ_ALL -> Manner.ASKING_ALL;
          case WRITE -> Manner.CHANGING;
        };
    return locked(store, what, options, new OwnChanges(store), manner);
  }

  /**
   * Answers a question of the ledger's roots without opening the database, where that will do: in a
   * store that can be written and whose ledger is up to date. Empty if the store is to be opened.
   *
   * @throws OcigcException as {@link #open} does
   */
  static <T> Optional<T> glance(
      Path folder, String what, Options options, Function<LedgerGlance, T> question) {
    Store store = Store.open(folder, options.manifestLimitBytes());
    LedgerFile file = new LedgerFile(store.paths().ledger());
    if (!Files.exists(file.path()) || !writable(store, file)) {
      return Optional.empty();
    }
    StoreLock lock = lock(store, what, options);
    try {
      removeLeftovers(store, file);
      return new CurrentLedger(store, file).glance(question);
    } finally {
      lock.close();
    }
  }

  /** How far one looks who opens a store, and what for. */
  private enum Manner {
    ASKING(CatchUp.Look.REACHABLE),
    ASKING_ALL(CatchUp.Look.EVERYTHING),
    CHANGING(CatchUp.Look.EVERYTHING),
    /** The changes are of more than one opening, and settled by another. */
    TRANSFERRING(CatchUp.Look.REACHABLE);

    final CatchUp.Look look;

    Manner(CatchUp.Look look) {
      this.look = look;
    }

    boolean asks() {
      return this == ASKING || this == ASKING_ALL;
    }
  }

  /**
   * Opens a store that a transfer writes to, for a moment between or after its downloads.
   *
   * @param changes what the transfer has brought so far
   */
  static OpenStore during(Store store, String what, Options options, OwnChanges changes) {
    return locked(store, what, options, changes, Manner.TRANSFERRING);
  }

  private static OpenStore locked(
      Store store, String what, Options options, OwnChanges changes, Manner manner) {
    LedgerFile file = new LedgerFile(store.paths().ledger());
    if (!writable(store, file)) {
      throw new OcigcException.Refused(
          "The store "
              + store.paths().root()
              + " cannot be written, so "
              + what
              + " did nothing."
              + " Check its permissions and whether the file system is mounted read-only.",
          new IOException("not writable"));
    }
    StoreLock lock = lock(store, what, options);
    try {
      removeLeftovers(store, file);
      boolean lasting = manner == Manner.TRANSFERRING;
      Optional<Ledger> current =
          manner.asks() ? new CurrentLedger(store, file).open(manner.look) : Optional.empty();
      if (current.isPresent()) {
        options.steps().reached("caught-up");
        return new OpenStore(store, current.get(), options, Optional.of(lock), changes, lasting);
      }
      Ledger ledger = new StoreLedger(store, file, options).openOrBuild();
      return new OpenStore(store, ledger, options, Optional.of(lock), changes, lasting)
          .caughtUp(manner.look);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  static StoreLock lock(Store store, String what, Options options) {
    return StoreLock.take(
        store.paths(),
        what,
        options.lockWait(),
        holder -> options.notices().note("Waiting for " + holder + ", which is using the store."));
  }

  private static boolean writable(Store store, LedgerFile file) {
    StorePaths paths = store.paths();
    return Files.isWritable(Files.exists(paths.own()) ? paths.own() : paths.root())
        && (!Files.exists(file.path()) || Files.isWritable(file.path()))
        && (!Files.exists(paths.lock()) || Files.isWritable(paths.lock()));
  }

  private OpenStore caughtUp(CatchUp.Look look) {
    try {
      new CatchUp(store, ledger, changes).run(look);
      options.steps().reached("caught-up");
      sweep().finish(options.notices());
      return this;
    } catch (RuntimeException e) {
      closeChanges();
      ledger.close();
      throw e;
    }
  }

  /** Temporary files of ours: nobody else has the lock, so nobody is writing them. */
  static void removeLeftovers(Store store, LedgerFile ledger) {
    ledger.deleteBeside();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(store.paths().own())) {
      for (Path file : files) {
        if (file.toString().endsWith(".tmp")) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw Refusals.of("clean up", store.paths().own(), e);
    }
  }

  public Store store() {
    return store;
  }

  public Ledger ledger() {
    return ledger;
  }

  Options options() {
    return options;
  }

  Sweep sweep() {
    return new Sweep(store, ledger, changes, options.steps());
  }

  /** Takes in what other tools did since this was opened. */
  void catchUp() {
    catchUp(Set.of());
  }

  /** As {@link #catchUp()}, and files that came without a root. */
  void lookThrough() {
    new CatchUp(store, ledger, changes).run(CatchUp.Look.EVERYTHING);
  }

  /** As {@link #catchUp()}; the files of {@code rewritten} are other ones now. */
  void catchUp(Collection<Digest> rewritten) {
    new CatchUp(store, ledger, changes).run(CatchUp.Look.REACHABLE, rewritten);
  }

  /** Begins a transfer that holds these, and that outlives this opening. */
  Transfer lease(String what, Collection<Digest> digests) {
    Transfer transfer = store.transfers().begin(what);
    try {
      transfer.hold(digests);
      catchUp();
      options.steps().reached("leased");
      return transfer;
    } catch (RuntimeException e) {
      transfer.close();
      throw e;
    }
  }

  /** Looks at the whole disk. */
  Survey.Result survey(boolean checkBytes) {
    List<Lease> leases = lock.isPresent() ? store.transfers().live() : List.of();
    return new Survey(store, leases, options.notices(), checkBytes)
        .without(new Discovery(store, ledger).stillAbsent(leases))
        .run();
  }

  /** Notes the blob folders as they are, after the last change of a transfer. */
  void settle() {
    changes.settle(ledger);
  }

  private void closeChanges() {
    if (!lasting) {
      changes.close();
    }
  }

  /**
   * Makes some room in the ledger's file, if there is too little of use in it. Nothing, the second
   * time.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (ledger) {
      if (lock.isPresent() && ledger.isWritable() && !ledger.closed()) {
        if (!lasting) {
          settle();
        }
        if (new LedgerFile(store.paths().ledger()).outgrown(ledger)) {
          ledger.tidy(TIDYING);
        }
      }
    } finally {
      closeChanges();
      lock.ifPresent(StoreLock::close);
    }
  }
}
