package io.github.ocigc.store;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Document;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.oci.Platform;
import io.github.ocigc.oci.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A folder of OCI content with its roots. Implementations keep no open files and no state that the
 * disk could contradict; callers hold {@link StoreLock} around everything that changes it.
 */
public sealed interface Store permits OciLayout, KraftDirectory {
  /** Registries take manifests up to 4 MiB; so do we, unless told otherwise. */
  long DEFAULT_MANIFEST_LIMIT_BYTES = 4L << 20;

  /** One word for the kind, as the ledger records it. */
  String kind();

  StorePaths paths();

  BlobFolder blobs();

  Document.Dialect dialect();

  /** Pulls, pushes and the like that are under way. */
  default Transfers transfers() {
    return new Transfers(paths());
  }

  /** What broken-off ones left. */
  default PartialBlobs partialBlobs() {
    return PartialBlobs.of(paths());
  }

  /** What the store has beside its blobs, measured now, but for which strays there are. */
  default OtherUsage otherFiles(List<Path> strays) {
    return OtherFiles.of(paths(), strays);
  }

  /** What {@link Root#stamp()} is of a root that names this. */
  String stamp(Digest digest);

  /** What is taken of an index if nobody says which: this machine's, in this store's words. */
  Platform usualPlatform();

  /** True if a root can stand without a name. */
  boolean keepsUntaggedRoots();

  /** True if the descriptors in an index give the true length of what they name. */
  boolean trustsIndexSizes();

  /**
   * True if the roots are as they were when this fingerprint was taken, by {@link #readRoots} or
   * {@link #publish}. Costs at most one read of them, and a look at the file if we wrote it last.
   */
  boolean isAt(String fingerprint);

  /**
   * Reads the roots.
   *
   * @throws OcigcException.Damaged if they cannot be read at all
   */
  Roots readRoots();

  /**
   * Changes the roots, durably. If the disk's fingerprint is no longer {@code expected}, nothing is
   * changed and the answer is empty: another tool was here. Otherwise it is the new fingerprint.
   *
   * @throws OcigcException.Refused if the disk refuses; what was changed by then is seen by reading
   *     the roots again
   */
  Optional<String> publish(RootChange change, String expected, Steps steps);

  /** Throws {@link OcigcException.Unusable} if the name cannot be given to a new root here. */
  void requireUsableName(String name);

  /**
   * Recognises the store in a folder.
   *
   * @throws OcigcException.Unusable if it holds none
   */
  static Store open(Path folder, long manifestLimitBytes) {
    Path root = real(folder);
    return recognise(root, manifestLimitBytes)
        .orElseThrow(
            () ->
                new OcigcException.Unusable(
                    root
                        + " is not a store: it has neither a file oci-layout nor folders digests/"
                        + " and indexes/. Name one with --store DIR or $OCIGC_STORE."));
  }

  /**
   * As {@link #open}; an empty folder, or one that does not exist yet, becomes an OCI layout.
   *
   * @param lockWait how long to wait for another process that does the same
   */
  static Store openOrCreate(Path folder, long manifestLimitBytes, Duration lockWait) {
    if (NewLayout.canBeMadeIn(folder)) {
      NewLayout.make(folder, lockWait);
    }
    return open(folder, manifestLimitBytes);
  }

  /** True if {@link #openOrCreate} would make a store here. */
  static boolean canBeMadeIn(Path folder) {
    return NewLayout.canBeMadeIn(folder);
  }

  /** True if {@link #open} would find a store. */
  static boolean isStore(Path folder) {
    return Files.isDirectory(folder)
        && recognise(real(folder), DEFAULT_MANIFEST_LIMIT_BYTES).isPresent();
  }

  private static Optional<Store> recognise(Path root, long manifestLimitBytes) {
    return OciLayout.recognise(root, manifestLimitBytes)
        .or(() -> KraftDirectory.recognise(root, manifestLimitBytes));
  }

  private static Path real(Path folder) {
    try {
      Path root = folder.toRealPath();
      Path own = root.resolve(StorePaths.OWN_FOLDER);
      if (Files.isSymbolicLink(own)
          || (Files.exists(own) && !Files.isDirectory(own, LinkOption.NOFOLLOW_LINKS))) {
        throw new OcigcException.Unusable(
            own + " is not a folder. It is where the ledger lives: remove it and try again.");
      }
      return root;
    } catch (java.nio.file.NoSuchFileException e) {
      throw new OcigcException.Unusable(
          folder + " does not exist. Name a store with --store DIR or $OCIGC_STORE.");
    } catch (IOException e) {
      throw Refusals.of("open the store", folder, e);
    }
  }
}
