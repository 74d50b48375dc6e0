package io.github.ocigc.engine;

import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.registry.Manifest;
import io.github.ocigc.registry.Repository;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The manifests of a repository for a walk. What was fetched to find out where to walk is given,
 * not fetched again. Used by one thread.
 */
final class RegistryDocuments implements ImageWalk.Documents {
  private final Repository repository;

  /** Fetched and not walked yet. */
  private final Map<Digest, byte[]> waiting = new HashMap<>();

  RegistryDocuments(Repository repository) {
    this.repository = repository;
  }

  /** The walk is about to come to this one. */
  Descriptor expect(Manifest manifest) {
    waiting.put(manifest.digest(), manifest.bytes());
    return manifest.descriptor();
  }

  @Override
  public Optional<byte[]> document(Descriptor descriptor) {
    return Optional.ofNullable(waiting.remove(descriptor.digest()))
        .or(() -> repository.findManifest(descriptor.digest().toString()).map(Manifest::bytes));
  }
}
