/**
 * The database's web console on a copy of a ledger, for one person on one machine.
 *
 * <p>That console is made for administrators: whoever reaches it may log in to any database, run
 * backups and scripts, change its settings and end it. So it gets no port. {@link
 * io.github.ocigc.console.DatabaseConsole} hands it requests in memory, made here from scratch, and
 * {@link io.github.ocigc.console.Gate} decides what becomes one. On the way in:
 *
 * <ol>
 *   <li>{@code Gate} listens on 127.0.0.1 and nowhere else. Every request's Host has to be an
 *       address of this machine with our port, so that no name that is made to point here reaches
 *       us (DNS rebinding); its Origin and Sec-Fetch-Site, if it has them, have to be ours.
 *   <li>{@code Keys}: the address that is printed has 256 random bits. They are exchanged for a
 *       cookie of as many, which scripts cannot read and other sites do not send. Cookies know no
 *       ports: another server on 127.0.0.1 would get it too, were it not for a path of 128 random
 *       bits that it belongs to. The browser is started with another token, which opens once, since
 *       other users of the machine can read a process's arguments.
 *   <li>{@code Permitted}: the pages and their parameters that reading a database needs. There is
 *       no way to what logs in, edits, saves, or administers.
 *   <li>The connection is the reader's, of a {@link io.github.ocigc.ledger.LedgerCopy}: queries
 *       only, read-only database, no rights but SELECT. Each of the three would do.
 * </ol>
 *
 * <p>On the way out every page gets a Content-Security-Policy that lets nothing be loaded from or
 * sent to anywhere else, and links to the database's site are taken out. The outermost page is
 * ours: it says of which store the copy is and as of when, and has queries worth having.
 *
 * <p>The package stands between engine and ledger ({@code cli -> engine -> console -> ledger}): the
 * console of the database speaks JDBC, and so this package is the only one besides {@code ledger}
 * that knows there is a database. It knows nothing of stores, and of the ledger its copy alone. The
 * database's console has no entrance for a program that brings its own server; one constructor is
 * called by reflection for that, in {@code DatabaseConsole}.
 */
@NullMarked
package io.github.ocigc.console;

import org.jspecify.annotations.NullMarked;
