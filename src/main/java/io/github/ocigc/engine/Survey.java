package io.github.ocigc.engine;

import io.github.ocigc.ledger.Census;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Finding;
import io.github.ocigc.oci.Lease;
import io.github.ocigc.store.BlobFacts;
import io.github.ocigc.store.BlobFolder;
import io.github.ocigc.store.Roots;
import io.github.ocigc.store.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;

/**
 * A look at the whole disk: every blob folder is listed, every document read, by all cores, a few
 * thousand at a time. Writes nothing.
 */
final class Survey {
  private static final int CHUNK = 8_192;

  /** Bytes of a file that is both hashed and understood from one reading. */
  private static final int READ_AT_ONCE = 1 << 16;

  private final Store store;
  private final List<Lease> leases;
  private final Notices notices;
  private final boolean checkBytes;
  private Set<Digest> notYet = Set.of();
  private final Census census = new Census();
  private final List<Finding> findings = new ArrayList<>();
  private final List<Digest> waiting = new ArrayList<>();
  private CompletableFuture<List<Looked>> reading = CompletableFuture.completedFuture(List.of());
  private final ForkJoinPool readers = new ForkJoinPool(Runtime.getRuntime().availableProcessors());
  private long done;

  /** {@code leases}: of the transfers that are under way. */
  Survey(Store store, List<Lease> leases, Notices notices, boolean checkBytes) {
    this.store = store;
    this.leases = leases;
    this.notices = notices;
    this.checkBytes = checkBytes;
  }

  /** Does not look at these: they come while we look, and the ledger knows them as absent. */
  Survey without(Set<Digest> absent) {
    notYet = absent;
    return this;
  }

  /**
   * What was seen.
   *
   * @param blobsStamp as it was before the first folder was listed
   * @param findings strays, roots that cannot be understood, bytes that do not match their name
   */
  record Result(Census census, Roots roots, String blobsStamp, List<Finding> findings) {
    boolean rootsUnderstood() {
      return roots.problems().isEmpty();
    }
  }

  private record Looked(Digest digest, BlobFacts facts, Optional<Finding> mismatch) {}

  Result run() {
    try {
      return survey();
    } finally {
      readers.shutdownNow();
    }
  }

  private Result survey() {
    String stamp = store.blobs().times().stamp();
    Roots roots = store.readRoots();
    if (!store.trustsIndexSizes()) {
      census.distrustIndexSizes();
    }
    store
        .blobs()
        .walk(
            new BlobFolder.Visitor() {
              @Override
              public void blob(Digest digest) {
                if (!notYet.contains(digest)) {
                  waiting.add(digest);
                }
                if (waiting.size() == CHUNK) {
                  look();
                }
              }

              @Override
              public void stray(Path path) {
                census.addStray(store.paths().text(path));
                loose(path);
              }

              @Override
              public void loose(Path path) {
                findings.add(
                    Finding.ofPath(
                        Finding.Kind.STRAY_FILE,
                        store.paths().show(path),
                        "not named like a blob; it was left alone"));
              }
            });
    finish();
    roots.roots().forEach(census::addRoot);
    leases.forEach(census::addLease);
    findings.addAll(roots.problems());
    findings.addAll(roots.notes());
    return new Result(census, roots, stamp, List.copyOf(findings));
  }

  /** Has one part read by the other cores while the part before is taken in here. */
  private void look() {
    List<Digest> part = List.copyOf(waiting);
    waiting.clear();
    List<Looked> before = reading.join();
    reading =
        CompletableFuture.supplyAsync(
            () -> part.parallelStream().map(this::look).toList(), readers);
    takeIn(before);
  }

  private void finish() {
    look();
    takeIn(reading.join());
  }

  private void takeIn(List<Looked> part) {
    for (Looked looked : part) {
      BlobFacts facts = looked.facts();
      if (facts.present()) {
        census.add(looked.digest(), facts.form(), facts.size(), facts.document());
      }
      looked.mismatch().ifPresent(findings::add);
    }
    done += part.size();
    notices.progress(checkBytes ? "blobs read and hashed" : "blobs read", done);
  }

  private Looked look(Digest digest) {
    Optional<BlobFolder.Hashed> hashed =
        checkBytes ? store.blobs().hashed(digest, READ_AT_ONCE) : Optional.empty();
    if (hashed.isPresent()) {
      Optional<Finding> mismatch = ByteCheck.mismatch(store, digest, hashed.get().hash());
      return new Looked(digest, hashed.get().facts(), mismatch);
    }
    Optional<Finding> mismatch = checkBytes ? ByteCheck.mismatch(store, digest) : Optional.empty();
    return new Looked(digest, store.blobs().facts(digest), mismatch);
  }
}
