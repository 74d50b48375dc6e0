package io.github.ocigc.store;

import io.github.ocigc.oci.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Notices files that come into the blob folders while we remove others from them: their time stamps
 * tell the one no more from the other. Only where the kernel reports each change in order
 * (inotify); elsewhere there is no watch, and callers must take it that something came.
 */
public final class BlobWatch implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 2_000;

  private final WatchService service;
  private final WatchKey own;
  private final Path ownFolder;
  private final Map<WatchKey, String> algorithms = new HashMap<>();
  private final Set<Digest> came = new HashSet<>();
  private boolean strangersCame;

  private BlobWatch(WatchService service, Path ownFolder) throws IOException {
    this.service = service;
    this.ownFolder = ownFolder;
    this.own = ownFolder.register(service, StandardWatchEventKinds.ENTRY_CREATE);
  }

  static Optional<BlobWatch> of(StorePaths paths, Collection<Path> folders) {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return Optional.empty(); // the JDK polls there, every few seconds
    }
    try {
      WatchService service = paths.root().getFileSystem().newWatchService();
      try {
        BlobWatch watch = new BlobWatch(service, paths.own());
        for (Path folder : folders) {
          watch.algorithms.put(
              folder.register(service, StandardWatchEventKinds.ENTRY_CREATE),
              String.valueOf(folder.getFileName()));
        }
        return Optional.of(watch);
      } catch (IOException e) {
        service.close();
        return Optional.empty();
      }
    } catch (IOException e) {
      return Optional.empty(); // too many watches on this machine
    }
  }

  /** False if anything else came since this watch began, or if that cannot be told. */
  public boolean nothingCameBut(Set<Digest> ours) {
    try {
      Path marker = Files.createTempFile(ownFolder, "watch", ".tmp");
      try {
        boolean drained = drainedUpTo(marker.getFileName());
        strangersCame |= !ours.containsAll(came);
        came.clear();
        return drained && !strangersCame;
      } finally {
        Files.deleteIfExists(marker);
      }
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Changes are reported in order: once the marker's is here, so are all before it. */
  private boolean drainedUpTo(Path marker) throws InterruptedException {
    boolean marked = false;
    WatchKey key = service.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    while (key != null) {
      for (WatchEvent<?> event : key.pollEvents()) {
        if (key == own) {
          strangersCame |= event.kind() == StandardWatchEventKinds.OVERFLOW;
          marked |= marker.equals(event.context());
        } else {
          digest(key, event).ifPresentOrElse(came::add, () -> strangersCame = true);
        }
      }
      key.reset();
      key = marked ? service.poll() : service.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }
    return marked;
  }

  private Optional<Digest> digest(WatchKey key, WatchEvent<?> event) {
    return Digest.of(algorithms.getOrDefault(key, ""), String.valueOf(event.context()));
  }

  @Override
  public void close() {
    try {
      service.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
