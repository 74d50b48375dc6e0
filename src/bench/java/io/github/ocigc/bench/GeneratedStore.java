package io.github.ocigc.bench;

import io.github.ocigc.engine.OpenStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;

/**
 * A layout of the images of {@code make_layout.py}, 12 blobs each. A large one on the disk is kept
 * for the next trial: those take a few hundred of its hundred thousand images.
 */
final class GeneratedStore {
  private static final int SOON_MADE_BLOBS = 20_000;
  private static final int SOON_SPENT_NAMES = 1_000;

  private GeneratedStore() {}

  /** Of so many blobs, where all images have names. */
  static Path in(Place place, int blobs) throws IOException, InterruptedException {
    return in(place, blobs, Integer.MAX_VALUE);
  }

  /** Of so many blobs and names; images without are below indexes that have none either. */
  static Path in(Place place, int blobs, int names) throws IOException, InterruptedException {
    Path store = place.path("blobs-" + blobs + "-" + names);
    if (blobs > SOON_MADE_BLOBS && names > SOON_SPENT_NAMES && Files.exists(store)) {
      return store;
    }
    Place.remove(store);
    Path unfinished = place.path("unfinished");
    Place.remove(unfinished);
    make(unfinished, blobs, names);
    return Files.move(unfinished, store);
  }

  /** The names of its images. */
  static Iterator<String> names(OpenStore open) {
    return open.ledger().view().usages().stream()
        .map(root -> root.key().name())
        .filter(name -> !name.isEmpty())
        .iterator();
  }

  private static void make(Path folder, int blobs, int names)
      throws IOException, InterruptedException {
    String script = Path.of(System.getProperty("bench.home", "src/bench"), "make_layout.py") + "";
    String size = Integer.toString(blobs);
    Process process =
        new ProcessBuilder(
                "python3",
                script,
                folder.toString(),
                "--blobs",
                size,
                "--names",
                Integer.toString(names))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException(script + " could not make " + folder + " of " + size + " blobs");
    }
  }
}
