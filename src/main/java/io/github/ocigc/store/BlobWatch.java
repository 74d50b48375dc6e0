package io.github.ocigc.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Collection;
import java.util.Optional;
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
  private boolean came;

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
          folder.register(service, StandardWatchEventKinds.ENTRY_CREATE);
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

  /** False if anything came since this watch began, or if that cannot be told. */
  public boolean nothingCame() {
    try {
      Path marker = Files.createTempFile(ownFolder, "watch", ".tmp");
      try {
        return drainedUpTo(marker.getFileName()) && !came;
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
        boolean lost = event.kind() == StandardWatchEventKinds.OVERFLOW;
        came |= lost || key != own;
        marked |= key == own && marker.equals(event.context());
      }
      key.reset();
      key = marked ? service.poll() : service.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }
    return marked;
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
