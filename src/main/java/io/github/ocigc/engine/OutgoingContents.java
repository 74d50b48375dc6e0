package io.github.ocigc.engine;

import io.github.ocigc.ledger.Content;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Finding;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.store.BlobStat;
import io.github.ocigc.store.Refusals;
import io.github.ocigc.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Files of the store on their way out: nothing leaves that is not what its name says. */
final class OutgoingContents {
  private final Store store;

  OutgoingContents(Store store) {
    this.store = store;
  }

  /**
   * The item has a file of the length that the ledger knows.
   *
   * @throws OcigcException.NotFound if it has none
   * @throws OcigcException.Damaged if that is shorter or longer
   */
  void requireHere(Parcel.Item item) {
    Content content = item.content();
    if (!item.here()) {
      throw new OcigcException.NotFound(
          content.digest()
              + " belongs to the image and is neither in this store nor where it is to go, so the"
              + " image was not sent. Pull it first (ocigc-ledger pull --all-platforms), or send"
              + " a part of it by its digest ('ocigc-ledger tree' shows them).");
    }
    Optional<BlobStat> stat = store.blobs().stat(content.digest());
    if (stat.isEmpty()) {
      throw gone(content.digest());
    }
    if (stat.get().sizeBytes() != content.sizeBytes()) {
      throw damaged(
          content.digest(),
          "it has %d bytes and had %d".formatted(stat.get().sizeBytes(), content.sizeBytes()));
    }
  }

  /** Throws Damaged if the file's bytes are not what its name says. */
  void requireTrue(Digest digest) {
    Optional<Finding> mismatch = ByteCheck.mismatch(store, digest);
    if (mismatch.isPresent()) {
      throw damaged(digest, mismatch.get().detail());
    }
  }

  /** The bytes of a manifest or index. In a KraftKit store, kraft may have edited them in place. */
  byte[] document(Digest digest) {
    if (store.keepsUntaggedRoots()) {
      requireTrue(digest);
    }
    try (InputStream in = store.blobs().open(digest)) {
      return in.readAllBytes();
    } catch (NoSuchFileException e) {
      throw gone(digest);
    } catch (IOException e) {
      throw Refusals.of("read", store.paths().blob(digest), e);
    }
  }

  OcigcException.NotFound gone(Digest digest) {
    return new OcigcException.NotFound(
        digest
            + " belongs to the image and has gone from "
            + store.paths().root()
            + ": another tool removed it. Pull the image again.");
  }

  private OcigcException.Damaged damaged(Digest digest, String how) {
    return new OcigcException.Damaged(
        digest
            + " is damaged in "
            + store.paths().root()
            + " ("
            + how
            + "), so the image was not sent. Pull the image again: that puts it right.");
  }
}
