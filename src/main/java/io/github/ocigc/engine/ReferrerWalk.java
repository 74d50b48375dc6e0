package io.github.ocigc.engine;

import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Document;
import io.github.ocigc.oci.Reference;
import io.github.ocigc.registry.Manifest;
import io.github.ocigc.registry.Repository;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a registry has that speaks of an image: referrers (distribution-spec 1.1, "Listing
 * Referrers"), theirs in turn, and cosign's tags {@code <algorithm>-<encoded>.sig}, {@code .att}
 * and {@code .sbom}, which are older than that.
 */
final class ReferrerWalk {
  private static final List<String> COSIGN = List.of(".sig", ".att", ".sbom");

  private final Repository repository;
  private final ImageWalk walk;
  private final Reference reference;

  ReferrerWalk(Repository repository, ImageWalk walk, Reference reference) {
    this.repository = repository;
    this.walk = walk;
    this.reference = reference;
  }

  /** Adds them to the image of the walk, each with an entry of its own. */
  void addAll() {
    Deque<Digest> subjects = new ArrayDeque<>();
    walk.image().documents().forEach(part -> subjects.add(part.descriptor().digest()));
    Set<Digest> asked = new HashSet<>();
    while (!subjects.isEmpty()) {
      Digest subject = subjects.remove();
      if (asked.add(subject)) {
        repository.referrers(subject).stream()
            .filter(referrer -> speaksOf(referrer, subject))
            .forEach(referrer -> add("", referrer, subjects));
        addTagged(subject, subjects);
      }
    }
  }

  /** A list that names what speaks of something else would make a root of it that nobody wants. */
  private boolean speaksOf(Descriptor referrer, Digest subject) {
    byte[] manifest = repository.manifest(referrer.digest().toString()).bytes();
    return Document.read(manifest, Document.Dialect.OCI)
        .flatMap(Document::subject)
        .filter(subject::equals)
        .isPresent();
  }

  private void add(String name, Descriptor referrer, Deque<Digest> subjects) {
    if (!walk.has(referrer.digest())) {
      walk.whole(referrer);
      walk.image().addEntry(name, referrer);
      subjects.add(referrer.digest());
    }
  }

  private void addTagged(Digest subject, Deque<Digest> subjects) {
    for (String suffix : COSIGN) {
      String tag = subject.algorithm() + "-" + subject.encoded() + suffix;
      Optional<Descriptor> head = repository.headManifest(tag);
      if (head.isPresent()) {
        Manifest manifest = repository.manifest(head.get().digest().toString());
        add(
            reference.place() + ":" + tag,
            new Descriptor(manifest.mediaType(), manifest.digest(), manifest.bytes().length),
            subjects);
      }
    }
  }
}
