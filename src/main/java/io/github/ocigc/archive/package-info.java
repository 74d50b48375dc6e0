/**
 * Images outside of a store: layout folders, OCI archives, what {@code docker save} writes. The
 * package knows no store; it exchanges digests and bytes, through sinks that the caller brings.
 *
 * <p><b>Reading</b> ({@link io.github.ocigc.archive.ImageSource}). What is there decides the kind,
 * never a name: a folder has to be an image layout; of a tar, {@code index.json} makes an OCI
 * archive and {@code manifest.json} without it a docker archive. Docker 25 and later write both,
 * and are read as OCI. A tar is plain or gzip by its first bytes; zstd, bzip2 and xz are recognised
 * and refused with the command that decompresses them. What can be read only once, a pipe, is
 * copied to the caller's scratch folder first.
 *
 * <p>A tar is gone over once for its headers ({@code TarWalk}), which turns it into a table of
 * places ({@code TarContents}); from then on a blob is an extent of the decompressed bytes, and
 * reading is going forward from extent to extent ({@code ForwardStream}). A plain file is stepped
 * through by seeking. A compressed one is decompressed once for the headers and once for each
 * {@code read}; the small JSON documents met on the first pass are kept, so that following an
 * index's children costs nothing more. A docker archive costs one pass more, between the two: its
 * layers have paths and no digests, and are hashed as they stand ({@code DockerLayers}). The OCI
 * manifest that it lacks is built from its config and layers ({@code DockerArchive}); the config's
 * {@code diff_ids} have to agree with every layer that stands there uncompressed, and in number
 * with all of them.
 *
 * <p><b>An archive is written by somebody else</b>, so these hold for each:
 *
 * <ul>
 *   <li>Nothing is put anywhere by a path out of an archive. Bytes go to the sink of a digest that
 *       the caller asked for, and the caller checks the hash.
 *   <li>An entry with an absolute path or with {@code ..} in it is refused together with the whole
 *       archive: no tool writes one, and the next tool to read it may extract it.
 *   <li>A blob is a file. A link or device in a blob's place is refused, in a tar and in a folder;
 *       links among the layers of a docker archive, which docker writes, are followed inside of the
 *       archive only. Files below {@code blobs/} whose names are no digests are no blobs.
 *   <li>Of two entries for one blob the first counts: its digest says whether it is the right one.
 *       Two entries for a document that has no digest ({@code index.json}, {@code manifest.json},
 *       and whatever the latter names) are refused, because tools differ in which they believe.
 *   <li>Memory is bounded: 256 KiB for a header, 128 MiB for all names, the manifest limit for a
 *       document, 64 MiB for those kept and for those built, and 1,000 for the depth of JSON. Above
 *       that it is refused, or read again when it is needed. Time is not bounded: a gzip that
 *       expands without end is decompressed for as long as the caller waits.
 *   <li>Sparse entries are refused: they would need bytes that stand nowhere.
 * </ul>
 *
 * <p><b>Writing</b> ({@link io.github.ocigc.archive.ImageTarget}). All goes to a temporary sibling,
 * is fsynced, and gets its name in one rename; each blob is held against its digest on its way. A
 * tar carries no time, no user and no order of its own, so the same images give the same bytes.
 * Beside {@code index.json} a {@code manifest.json} for docker can stand, which points to the same
 * blobs ({@link io.github.ocigc.archive.DockerManifestJson}).
 */
@NullMarked
package io.github.ocigc.archive;

import org.jspecify.annotations.NullMarked;
