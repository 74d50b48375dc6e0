/**
 * The verbs. Each is one class with one public method that returns one report; this package alone
 * sees the disk and the ledger, which do not know each other.
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
 *   <li>after the release: the condemned are listed in the ledger, and are unlinked.
 * </ul>
 *
 * <p>Catching up reads the roots, and what is new below them. If a file has come into a blob folder
 * since the last look, it also lists the folders once: a referrer may have come that no root names,
 * and then its subject holds it. (The design frame leaves those to a reconcile; a delete in between
 * would have freed what such a referrer shares.) Our own removals change the folders too; the
 * kernel is asked whether anything came beside them ({@link io.github.ocigc.engine.OwnRemovals}),
 * and where that cannot be known the next command looks through the folders once more.
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
