package io.github.ocigc.engine;

import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.oci.Reference;
import io.github.ocigc.registry.Registries;
import io.github.ocigc.registry.Repository;
import io.github.ocigc.store.Store;
import java.nio.file.Path;
import java.util.List;

/**
 * Bringing images from registries into a store. Opens the store for moments only: other commands
 * may work on it in the meantime. Repeating a pull brings what is not here, and counts nothing
 * twice.
 */
public final class Pull {
  /** So many images share their two moments with the ledger; their manifests are in memory. */
  private static final int TOGETHER = 25;

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
   * Pulls images, some at the same time. The first that cannot be had ends it; those before it in
   * the list are here then.
   *
   * @throws OcigcException.NotFound if a registry has no such image, or it has no such platform
   * @throws OcigcException.Damaged if what came is not what was asked for
   * @throws OcigcException.RegistryFailed if a registry cannot be reached, refuses, or errs
   */
  public DeliveryReport run(List<Wish> asked, PullOptions how) {
    List<Wish> wishes = asked.stream().distinct().toList();
    if (Store.canBeMadeIn(folder)) {
      Reference first = wishes.get(0).reference(); // no new store for what is not to be had
      registries.repository(first.registry(), first.repository()).manifest(first.target());
    }
    Store store = Store.openOrCreate(folder, options.manifestLimitBytes(), options.lockWait());
    wishes.forEach(wish -> requireName(store, wish));
    DeliveryReport report = DeliveryReport.NONE;
    try (OwnChanges changes = new OwnChanges(store)) {
      for (int from = 0; from < wishes.size(); from += TOGETHER) {
        int to = Math.min(from + TOGETHER, wishes.size());
        Batch batch = new Batch(store, changes, how, to == wishes.size());
        report = report.plus(batch.pull(wishes.subList(from, to)));
      }
    }
    return report;
  }

  private static void requireName(Store store, Wish wish) {
    boolean byDigest =
        wish.name().equals(wish.reference().toString()) && wish.reference().digest().isPresent();
    if (byDigest && !store.keepsUntaggedRoots()) {
      throw new OcigcException.Unusable(
          "KraftKit has no names with a digest, so say what to call "
              + wish.reference()
              + " here: --name name:tag");
    }
    store.requireUsableName(wish.name());
  }

  private final class Batch {
    private final Store store;
    private final OwnChanges changes;
    private final PullOptions how;
    private final boolean last;

    Batch(Store store, OwnChanges changes, PullOptions how, boolean last) {
      this.store = store;
      this.changes = changes;
      this.how = how;
      this.last = last;
    }

    DeliveryReport pull(List<Wish> wishes) {
      try {
        return together(wishes, last);
      } catch (OcigcException.NotFound | OcigcException.Damaged e) {
        if (wishes.size() == 1) {
          throw e;
        }
      }
      DeliveryReport report = DeliveryReport.NONE;
      for (Wish wish : wishes) { // one of them cannot be had; those before it can
        boolean lastWish = last && wish.equals(wishes.get(wishes.size() - 1));
        report = report.plus(together(List.of(wish), lastWish));
      }
      return report;
    }

    private DeliveryReport together(List<Wish> wishes, boolean settle) {
      long start = System.nanoTime();
      Lanes lanes = new Lanes(how.jobs());
      List<Image> images = lanes.map(wishes, this::image);
      RegistryBlobs blobs = new RegistryBlobs(lanes);
      for (int i = 0; i < wishes.size(); i++) {
        blobs.add(images.get(i), repository(wishes.get(i)));
      }
      double walked = (System.nanoTime() - start) / 1e9;
      return new Delivery(store, options, changes, "pull", images, blobs)
          .run(settle)
          .plus(DeliveryReport.after(walked));
    }

    private Repository repository(Wish wish) {
      return registries.repository(wish.reference().registry(), wish.reference().repository());
    }

    private Image image(Wish wish) {
      Repository repository = repository(wish);
      RegistryDocuments documents = new RegistryDocuments(repository);
      Descriptor descriptor = documents.expect(repository.manifest(wish.reference().target()));
      ImageWalk walk =
          new ImageWalk(documents, how.platforms().orElse(store.usualPlatform()), false);
      walk.from(descriptor);
      walk.image().addEntry(wish.name(), descriptor);
      if (how.referrers()) {
        new ReferrerWalk(repository, documents, walk, wish.reference()).addAll();
      }
      return walk.image();
    }
  }
}
