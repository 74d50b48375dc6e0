package io.github.ocigc.ledger;

import java.sql.Connection;
import java.time.Duration;
import java.util.function.Supplier;
import org.h2.mvstore.MVStore;

/**
 * The room in an open database's file. The database writes what a commit changes as a new chunk,
 * and the old pages stay behind in chunks that empty bit by bit; a chunk's place is free when its
 * last page has been replaced. So the emptiest are emptied, a few at a time.
 *
 * <p>SQL reaches neither, so this uses classes of the database that are public and not documented;
 * no others do but {@link Catalogue}, {@link TableFile}, {@link LostPages} and those of {@link
 * BulkLoad}. To be used by the thread that has the connection.
 */
final class Space {
  /**
   * Below this share of live pages, work is done. A large ledger in use stays at about 61: whoever
   * moves a page writes all above it anew, and at that share a batch gains no more than it costs.
   */
  private static final int FULL_PERCENT = 70;

  /**
   * No chunk that holds more is ever chosen; the database makes them of up to 2.3 MB, and one of
   * those that is worth emptying has less left. A batch takes up to 80 ms.
   */
  private static final int BATCH_BYTES = 1_700_000;

  /** What {@link #gather} moves: little enough to be no wait. */
  private static final int GATHERED_BYTES = 100_000;

  /**
   * What it moves while less than half of the chunks' pages are live, and moving them gains most.
   */
  private static final int GATHERED_FROM_EMPTY_BYTES = 400_000;

  private static final int HALF_PERCENT = 50;

  /** What the database makes of {@code WRITE_DELAY=0}. */
  private static final int AT_ONCE = 0;

  /** Neither at once nor, after a while, by a thread. */
  private static final int NO_WRITER = -1;

  private static final int SCAN_CACHE_MEGABYTES = 4;

  /** Commits after which the list of chunks tells for certain that one is empty. */
  private static final int LISTED_AFTER = 2;

  private final MVStore store;

  private Space(MVStore store) {
    this.store = store;
  }

  static Space of(Connection connection) {
    return new Space(Catalogue.of(connection).store());
  }

  /**
   * Has the place of a chunk used again as soon as the newest chunk on the disk does without it,
   * instead of 45 s after it was written. Safe only with {@link SealedChannel} below.
   *
   * <p>That a chunk is empty may be listed one commit later than it is; a commit that took its
   * place before would leave, if it did not get to its end, a newest commit that lists a chunk
   * which is not there, and the database would go back to an older one.
   */
  void reuseAtOnce() {
    store.setRetentionTime(0);
    store.setVersionsToKeep(LISTED_AFTER);
  }

  /**
   * What is committed in this reaches the file together with the next commit, checkpoint or close,
   * instead of in chunks of its own, each of which is fsynced. A transaction may write several: a
   * column that numbers its rows commits, now and then, for itself.
   */
  <T> T writtenLater(Supplier<T> work) {
    store.setAutoCommitDelay(NO_WRITER);
    try {
      return work.get();
    } finally {
      store.setAutoCommitDelay(AT_ONCE);
    }
  }

  /** While a whole table is read once, its pages are not worth the memory that they are kept in. */
  <T> T readingOnce(Supplier<T> reading) {
    int before = store.getCacheSize();
    store.setCacheSize(SCAN_CACHE_MEGABYTES);
    try {
      return reading.get();
    } finally {
      store.setCacheSize(before);
    }
  }

  /**
   * Moves live pages out of the emptiest chunks, each batch a commit of its own, until the file is
   * full enough. One batch is always done; no other is begun that would end after the limit, going
   * by the longest so far.
   */
  void tidy(Duration limit) {
    long begun = System.nanoTime();
    long longest = 0;
    for (long now = begun; now - begun + longest < limit.toNanos(); ) {
      if (!moved(BATCH_BYTES)) {
        return;
      }
      long end = System.nanoTime();
      longest = Math.max(longest, end - now);
      now = end;
    }
  }

  /**
   * Moves the last live pages of the emptiest chunks into one, in a few milliseconds. Each commit
   * leaves such chunks, and every commit writes the list of chunks anew: after two thousand commits
   * two fifths of its time went into the list. Does nothing in a full file.
   */
  void gather() {
    boolean empty = store.getFileStore().getChunksFillRate() < HALF_PERCENT;
    moved(empty ? GATHERED_FROM_EMPTY_BYTES : GATHERED_BYTES);
  }

  private boolean moved(int bytes) {
    if (!store.compact(FULL_PERCENT, bytes)) {
      return false;
    }
    store.commit();
    return true;
  }
}
