package io.github.ocigc.registry;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.OcigcException;
import java.util.Optional;

/**
 * The tag {@code <algorithm>-<encoded>} below which the referrers of a subject are listed where a
 * registry does not list them itself (distribution-spec 1.1, "Referrers Tag Schema").
 *
 * <p>One thread of a repository at a time adds to one. Two processes may still overwrite each
 * other: registries offer nothing against it.
 */
final class FallbackTag {
  private final Line line;

  FallbackTag(Line line) {
    this.line = line;
  }

  /** Empty if there is no such tag. Throws RegistryFailed if something else has that name. */
  Optional<ReferrersIndex> find(Digest subject) {
    Target tag = tag(subject);
    return new ManifestGet(line)
        .find(tag)
        .map(
            manifest ->
                ReferrersIndex.read(manifest.bytes())
                    .orElseThrow(
                        () ->
                            new OcigcException.RegistryFailed(
                                "The tag "
                                    + tag
                                    + " of "
                                    + line.place()
                                    + " should list the referrers of "
                                    + subject
                                    + " and is no index. Remove or rename it.")));
  }

  /** Adds a referrer and keeps what is there; does nothing if it is there already. */
  synchronized void add(Digest subject, Referrer referrer) {
    find(subject)
        .orElseGet(ReferrersIndex::empty)
        .with(referrer)
        .ifPresent(
            index ->
                ManifestPut.push(line, tag(subject), ReferrersIndex.MEDIA_TYPE, index.bytes()));
  }

  private static Target tag(Digest subject) {
    String hex = subject.encoded(); // a tag has to be short: the spec takes 64 characters of it
    return Target.parse(subject.algorithm() + "-" + hex.substring(0, Math.min(hex.length(), 64)));
  }
}
