/**
 * The verbs. Each is one class with one public method that returns one report; this package alone
 * sees the devices (disk, ledger, network, archives), which do not know each other.
 *
 * <p>Every verb begins with {@link io.github.ocigc.engine.OpenStore}: the store's lock, the ledger
 * (built if there is none), what a dead command left behind, and catching up with what other tools
 * did to the roots. A delete then goes down once: plan, intent (durable), roots on disk (durable),
 * release and condemnation (durable), catching up once more, unlink, forget. What a crash leaves at
 * each of these points is repaired by the next {@code OpenStore}:
 *
 * <ul>
 *   <li>before the roots were replaced: the intent is dropped, nothing has happened;
 *   <li>after it: the roots that have gone are in the intent, so what only they held is condemned;
 *   <li>after the release: the condemned are listed in the ledger, and are unlinked; a file that
 *       was written since is another tool's, and left.
 * </ul>
 *
 * <p>A verb that only asks, and a reconcile, try {@link io.github.ocigc.engine.CurrentLedger}
 * first: the same look at the disk on a ledger that is opened for reading. If there is anything to
 * do, it is closed and opened to be written, under the same lock. A listing asks it for a glance
 * before ({@link io.github.ocigc.ledger.LedgerGlance}): the same look, without the database.
 *
 * <p>Catching up reads the roots, and what is new below them. A file may have come besides, of a
 * referrer that no root names, and then its subject holds it; that matters when something is to be
 * unlinked, or counted as free, and only then are the folders listed, if they are not as they were
 * when the ledger last knew all of them. (The design frame leaves such files to a reconcile; a
 * delete in between would have freed what such a referrer shares.) Our own removals change the
 * folders too; the kernel is asked whether anything came beside them ({@link
 * io.github.ocigc.engine.OwnChanges}), and the folders are sealed with a time stamp of ours.
 *
 * <p>A pull or an import ({@link io.github.ocigc.engine.Delivery}) goes down once, too: manifests
 * are read into memory, so that all digests are known; then, with the store locked for a moment, a
 * lease on all of them; blobs, unlocked, each hashed, fsynced and renamed into place; manifests;
 * the folders' fsync; and, locked for another moment, a last look that all is there, the roots on
 * disk, and one transaction of the ledger that holds by the root what the lease held until then. A
 * crash leaves:
 *
 * <ul>
 *   <li>before the roots: a lease of a dead process, which the next command ends; what had come is
 *       held by nothing and waits for another try or a prune, a large blob that had come in part
 *       for a day outside of the blob folders;
 *   <li>after the roots: what any tool's new root leaves; the next command takes it in.
 * </ul>
 *
 * <p>A push or an export leases what it sends, for the same two moments. A delete in between takes
 * its roots away at once and frees what no lease holds; the rest is {@code deferred} and goes when
 * the last lease on it ends. Leases live on the disk (see {@link io.github.ocigc.store.Transfers})
 * and the ledger follows them as it follows the roots, so that a lost ledger loses none, and
 * catching up ends those of dead processes.
 *
 * <p>A name that a pull takes away from an older image is never that image's end: it stays as an
 * untagged root, or, where a store has none, unheld until a prune.
 *
 * <p>Several images of one pull share their moments with the ledger, 25 at a time: opening it costs
 * more than what is written. If one of them cannot be had they are pulled one by one, so that those
 * before it are here.
 *
 * <p>Intent and condemnation are two transactions, not one. A single one before the roots are
 * replaced would have to be undone when another tool has meanwhile named a condemned content; with
 * two, the disk is asked first and the ledger never says more than the disk does.
 *
 * <p>Deleting one platform makes an index sparse instead of rewriting it, in both kinds of store:
 * its digest, and with it every signature of it, stays true (image-spec 1.1, image-layout.md allows
 * absent content).
 *
 * <p>Age, for the grace of a prune, is counted from the later of the file's own time and the moment
 * when the ledger saw it lose its last holder. A file that the ledger never saw held has its own
 * time alone: a rebuilt ledger would otherwise protect every leftover anew.
 */
@NullMarked
package io.github.ocigc.engine;

import org.jspecify.annotations.NullMarked;
