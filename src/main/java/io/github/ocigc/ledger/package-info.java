/**
 * The ledger: which content is held by what, in an embedded database beside the store.
 *
 * <p>Each public method of {@link io.github.ocigc.ledger.Ledger} is one transaction, and no file of
 * the store is touched in one. Table classes are package-private, take an open handle and open
 * none. {@link io.github.ocigc.ledger.Counts} alone writes {@code ref_count}, driven by the rows
 * that really came or went.
 *
 * <p>What is held at rest: an edge has a row if and only if its holder is held; a content with a
 * count above zero is reached from a root that is not weak. What another tool has untagged loses
 * its edges as well as its count, so that a ledger that has caught up equals one that is rebuilt.
 * (The design frame left such edges in place; then a delete of a second image would have kept
 * layers for the sake of content that no root reaches, and a rebuild would have disagreed.)
 *
 * <p>{@link io.github.ocigc.ledger.Handle} and {@link io.github.ocigc.ledger.Sql} stand where the
 * design frame has Jdbi, with its manner: SQL as text, named values, explicit transactions. Every
 * command is a process of its own, and Jdbi took 160 of the 445 ms of the shortest: its 480 classes
 * and their settings 50, the flight recorder that it registers with 50, its grammar for named
 * values 25, and what these draw in of the JDK. All that was used of it is these three small
 * classes.
 *
 * <p>The migrations say how the schema came about, and bring an earlier ledger up to date; a new
 * one is made from their outcome, {@code db/schema.sql}, without Flyway.
 *
 * <p>Departures from the design frame's schema: {@code condemned}, {@code unheld}, {@code damage}
 * and {@code referrer} are small tables of their own, so that a delete finds their rows without
 * scanning or indexing a million contents for the sake of a few; and {@code created} stands beside
 * the size, because the listing shows it. An edge has a foreign key for what it holds and none for
 * its holder: the database would keep a third index for that alone, and it took a tenth of a first
 * reconcile. The statement that forgets contents leaves those that still hold something.
 *
 * <p>A load numbers contents image after image ({@link io.github.ocigc.ledger.RowIds}) and not, as
 * the frame has it, in the order of digests. Digests are as good as random: of a million contents
 * each of a delete's had a page of its own then, in the table and in the index of what is held, and
 * the delete took twice its time. So the large tables are loaded as a whole, and each index in its
 * own order, by {@link io.github.ocigc.ledger.BulkLoad}, which fills the storage engine's maps
 * without SQL: inserting rows and making indexes of them took most of a first reconcile.
 *
 * <p>A listing of roots is asked more often than all else, and most of its time went into opening
 * the database, which reads, parses and checks its whole schema in a cold process. So {@link
 * io.github.ocigc.ledger.LedgerGlance} reads the few rows that it needs by the storage engine
 * alone, where the ledger was closed well and is up to date; whatever else there may be is the
 * database's. 245 ms became 155. What changes anything, or joins tables, goes through SQL. That a
 * table has no row, or that no root speaks of a subject, an open database's own maps tell as well
 * ({@link io.github.ocigc.ledger.Catalogue}): a statement that finds nothing takes a cold process a
 * millisecond, and a delete would ask a dozen.
 *
 * <p>Stranded roots, whose subject is here and held from nowhere else, are plain as the frame says;
 * where they hold each other's subjects, {@link io.github.ocigc.ledger.Stranding} says which, from
 * the graph alone, so that a rebuilt ledger agrees.
 *
 * <p>Leases count like roots: what a transfer names is held, with all below it, be it here already
 * or not (a row that is absent, then). They are the disk's, and a rebuild finds them there; what
 * only the ledger knows of transfers is {@code deferred} and {@code pushed}. A rebuild in the
 * middle of a transfer forgets what was deferred, which then waits for a prune.
 *
 * <p>The file's places are used again, so that it stays at about twice its compact size; {@link
 * io.github.ocigc.ledger.Space} empties them, {@link io.github.ocigc.ledger.LostPages} finds those
 * that the database has lost track of, and {@link io.github.ocigc.ledger.SealedChannel} sees to it
 * that no crash loses what a commit wrote there.
 *
 * <p>{@code image_content} goes a hundred edges deep and no deeper, because the database's
 * recursion does not stop at a circle; {@code DISTINCT} in each step keeps it from following every
 * path. The kept sums and {@link io.github.ocigc.ledger.StoreMap} are exact.
 *
 * <p>Beside a file's length stand the blocks that it takes. They are the file system's affair and
 * may change without anybody's doing, so {@code check} is silent about them and {@code reconcile}
 * takes them in.
 */
@NullMarked
package io.github.ocigc.ledger;

import org.jspecify.annotations.NullMarked;
