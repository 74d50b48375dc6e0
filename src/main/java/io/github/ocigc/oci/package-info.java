/**
 * Pure values of OCI content and the reading of its JSON. No I/O happens here, and every type is
 * immutable and safe to share between threads.
 *
 * <p>What a blob holds depends on its bytes alone: {@link io.github.ocigc.oci.Document#read} takes
 * every descriptor it finds in a JSON object, whatever media type anybody gave it (OCI image-spec
 * 1.1, descriptor.md). Media type, role and platform describe the edge between two digests, never
 * the digest. Two departures from the design frame follow from this:
 *
 * <ul>
 *   <li>There is no sealed family of manifest types. An image manifest, an index, a Docker manifest
 *       and a thing nobody has heard of are all one {@code Document} with links; a type that would
 *       have to be chosen by media type would be a place to choose wrongly.
 *   <li>KraftKit's {@code rootfs.diff_ids} are links of the config that names them, not of the
 *       manifest above it. What is reachable is the same, and an edge stands in the document it was
 *       found in.
 * </ul>
 */
@NullMarked
package io.github.ocigc.oci;

import org.jspecify.annotations.NullMarked;
