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
import java.util.Set;

/**
 * What a registry has that speaks of an image: referrers (distribution-spec 1.1, "Listing
 * Referrers"), theirs in turn, and cosign's tags {@code <algorithm>-<encoded>.sig}, {@code .att}
 * and {@code .sbom}, which are older than that.
 */
final class ReferrerWalk {
  private static final List<String> COSIGN = List.of(".sig", ".att", ".sbom");

  private final Repository repository;
  private final RegistryDocuments documents;
  private final ImageWalk walk;
  private final Reference reference;

  /** {@code documents}: of that repository, and where the walk reads. */
  ReferrerWalk(
      Repository repository, RegistryDocuments documents, ImageWalk walk, Reference reference) {
    this.repository = repository;
    this.documents = documents;
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
        for (Descriptor listed : repository.referrers(subject)) {
          Manifest referrer = repository.manifest(listed.digest().toString());
          if (speaksOf(referrer, subject)) {
            add("", referrer, subjects);
          }
        }
        addTagged(subject, subjects);
      }
    }
  }

  /** A list that names what speaks of something else would make a root of it that nobody wants. */
  private static boolean speaksOf(Manifest referrer, Digest subject) {
    return Document.read(referrer.bytes(), Document.Dialect.OCI)
        .flatMap(Document::subject)
        .filter(subject::equals)
        .isPresent();
  }

  private void add(String name, Manifest referrer, Deque<Digest> subjects) {
    if (!walk.image().hasDocument(referrer.digest())) {
      Descriptor descriptor = documents.expect(referrer);
      walk.whole(descriptor);
      walk.image().addEntry(name, descriptor);
      subjects.add(referrer.digest());
    }
  }

  private void addTagged(Digest subject, Deque<Digest> subjects) {
    for (String suffix : COSIGN) {
      String tag = subject.algorithm() + "-" + subject.encoded() + suffix;
      repository
          .findManifest(tag)
          .ifPresent(manifest -> add(reference.place() + ":" + tag, manifest, subjects));
    }
  }
}
