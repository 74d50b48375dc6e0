package io.github.ocigc.engine;

import io.github.ocigc.archive.ImageSource;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.store.Store;
import io.github.ocigc.store.StoreLock;
import io.github.ocigc.store.Transfer;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Bringing images from a layout folder or an archive into a store, as a pull does from a registry.
 * What an index names and the archive has not is taken for a sparse index.
 */
public final class Import {
  private final Path folder;
  private final Options options;

  public Import(Path folder, Options options) {
    this.folder = folder;
    this.options = options;
  }

  /**
   * Imports what is at {@code path}.
   *
   * @param input read if the path is {@code -}
   * @param name the one image's name here; of several, the one that is meant; all if empty
   * @throws OcigcException.Unusable if it is no archive of images, or the name fits none
   * @throws OcigcException.Damaged if it contradicts itself
   */
  public DeliveryReport run(
      Path path, InputStream input, Optional<String> name, PlatformChoice platforms) {
    Store store = Store.openOrCreate(folder, options.manifestLimitBytes(), options.lockWait());
    try (Transfer spool = spool(store);
        ImageSource source =
            path.toString().equals("-")
                ? ImageSource.open(
                    input, "standard input", spool.folder(), options.manifestLimitBytes())
                : ImageSource.open(path, spool.folder(), options.manifestLimitBytes());
        OwnChanges changes = new OwnChanges(store)) {
      List<ImageSource.Named> images = chosen(source, path, name);
      images.forEach(image -> requireName(store, image));
      long start = System.nanoTime();
      List<Image> wanted = images.stream().map(image -> image(source, image, platforms)).toList();
      double walked = (System.nanoTime() - start) / 1e9;
      return new Delivery(store, options, changes, "import", wanted, new ArchiveBlobs(source))
          .run(true)
          .plus(DeliveryReport.after(walked));
    }
  }

  /** A folder for what can be read only once, cleared away by the next command if we die. */
  private Transfer spool(Store store) {
    try (StoreLock lock = OpenStore.lock(store, "import", options)) {
      return store.transfers().begin("import");
    }
  }

  private static List<ImageSource.Named> chosen(
      ImageSource source, Path path, Optional<String> name) {
    List<ImageSource.Named> images = source.images();
    if (images.isEmpty()) {
      throw new OcigcException.NotFound(path + " has no images in it.");
    }
    if (name.isEmpty()) {
      return images;
    }
    if (images.size() == 1) {
      return List.of(new ImageSource.Named(name.get(), images.get(0).manifest()));
    }
    List<ImageSource.Named> meant =
        images.stream().filter(image -> image.name().equals(name.get())).toList();
    if (meant.isEmpty()) {
      throw new OcigcException.Unusable(
          path
              + " has several images, and none is named '"
              + name.get()
              + "'. It has:\n"
              + images.stream()
                  .map(i -> "  " + (i.name().isEmpty() ? i.manifest().digest() : i.name()))
                  .collect(Collectors.joining("\n")));
    }
    return meant;
  }

  private static void requireName(Store store, ImageSource.Named image) {
    if (!image.name().isEmpty()) {
      store.requireUsableName(image.name());
    } else if (!store.keepsUntaggedRoots()) {
      throw new OcigcException.Unusable(
          image.manifest().digest()
              + " has no name in the archive, and a KraftKit store keeps nothing without one. Give"
              + " it a name: ocigc-ledger import PATH NAME");
    }
  }

  private static Image image(
      ImageSource source, ImageSource.Named named, PlatformChoice platforms) {
    ImageWalk walk =
        new ImageWalk(
            wanted -> source.document(wanted.digest()),
            platforms.platforms().isEmpty() ? PlatformChoice.ALL : platforms,
            true);
    walk.from(named.manifest());
    walk.image().addEntry(named.name(), named.manifest());
    return walk.image();
  }
}
