package io.github.ocigc.engine;

import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.oci.Reference;
import io.github.ocigc.registry.Manifest;
import io.github.ocigc.registry.Registries;
import io.github.ocigc.registry.Repository;
import io.github.ocigc.store.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Bringing images from a registry into a store. Opens the store for moments only: other commands
 * may work on it in the meantime. Repeating a pull brings what is not here, and counts nothing
 * twice.
 */
public final class Pull {
  private final Path folder;
  private final Options options;
  private final Registries registries;

  public Pull(Path folder, Options options, Registries registries) {
    this.folder = folder;
    this.options = options;
    this.registries = registries;
  }

  /** An image to pull, and the name that it gets in the store. */
  public record Wish(Reference reference, String name) {
    /** Under its own name. */
    public static Wish of(Reference reference) {
      return new Wish(reference, reference.toString());
    }
  }

  /**
   * Pulls one image after the other; the first that fails ends it, and those before it are here.
   *
   * @throws OcigcException.NotFound if a registry has no such image, or it has no such platform
   * @throws OcigcException.Damaged if what came is not what was asked for
   * @throws OcigcException.RegistryFailed if a registry cannot be reached, refuses, or errs
   */
  public List<DeliveryReport> run(List<Wish> wishes, PullOptions how) {
    Store store = Store.openOrCreate(folder, options.manifestLimitBytes(), options.lockWait());
    List<DeliveryReport> reports = new ArrayList<>();
    try (OwnChanges changes = new OwnChanges(store)) {
      for (int i = 0; i < wishes.size(); i++) {
        Wish wish = wishes.get(i);
        store.requireUsableName(wish.name());
        Repository repository =
            registries.repository(wish.reference().registry(), wish.reference().repository());
        Delivery delivery =
            new Delivery(
                store,
                options,
                changes,
                "pull",
                image(store, repository, wish, how),
                new RegistryBlobs(repository, new Lanes(how.jobs())));
        reports.add(delivery.run(i == wishes.size() - 1));
      }
    }
    return List.copyOf(reports);
  }

  private Image image(Store store, Repository repository, Wish wish, PullOptions how) {
    Manifest root = repository.manifest(wish.reference().target());
    Descriptor descriptor = new Descriptor(root.mediaType(), root.digest(), root.bytes().length);
    ImageWalk walk =
        new ImageWalk(
            wanted ->
                wanted.digest().equals(root.digest())
                    ? Optional.of(root.bytes())
                    : repository.findManifest(wanted.digest().toString()).map(Manifest::bytes),
            how.platforms().orElse(store.usualPlatform()),
            false);
    walk.from(descriptor);
    walk.image().addEntry(wish.name(), descriptor);
    if (how.referrers()) {
      new ReferrerWalk(repository, walk, wish.reference()).addAll();
    }
    return walk.image();
  }
}
