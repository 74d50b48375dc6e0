package io.github.ocigc.registry;

import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.OcigcException;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Uploads one blob: POST and one PUT with all of it; in chunks if it is large, if the registry
 * wants that, or once the whole did not get through (distribution-spec 1.1, "Pushing blobs"). Made
 * for one blob, used by one thread.
 */
final class BlobUpload {
  /** A break costs at most a chunk; below this a blob is hardly worth the extra requests. */
  private static final long CHUNKED_ABOVE = 64L * 1024 * 1024;

  private static final long CHUNK = 32L * 1024 * 1024;

  private final Line line;
  private final Descriptor blob;
  private final BlobContent content;
  private final UploadProgress progress;
  private final String doing;
  private final Attempts attempts;
  private boolean chunked;

  BlobUpload(Line line, Descriptor blob, BlobContent content, LongConsumer moved) {
    this.line = line;
    this.blob = blob;
    this.content = content;
    this.progress = new UploadProgress(moved);
    this.doing = "Uploading the blob " + blob.digest() + " to " + line.place();
    this.attempts = line.attempts(doing);
    this.chunked = blob.sizeBytes() > CHUNKED_ABOVE;
  }

  void run() {
    if (blob.sizeBytes() < 0) {
      throw new OcigcException.Unusable(doing + " needs its size, which is not known.");
    }
    boolean done = false;
    while (!done) {
      Optional<UploadSession> begun = Optional.empty();
      try {
        begun = Optional.of(UploadSession.begin(line, doing));
        done = inChunks(begun.get()) ? chunks(begun.get()) : whole(begun.get());
      } catch (TransientFailure failure) {
        attempts.failed(failure);
        done = new BlobHead(line).isThere(blob.digest()); // only the answer may have been lost
      }
      if (!done) {
        begun.ifPresent(session -> session.cancel(line, doing));
      }
      progress.at(done ? blob.sizeBytes() : 0);
    }
  }

  private boolean inChunks(UploadSession session) {
    long minimum = session.minimumChunk();
    return chunked || (minimum > 0 && blob.sizeBytes() > minimum);
  }

  private boolean whole(UploadSession session) throws TransientFailure {
    chunked = blob.sizeBytes() > 0; // should there be a next time
    Call call = closing(session).carrying(new BlobPayload(content, 0, blob.sizeBytes(), progress));
    try (Answer answer = line.once(call)) {
      switch (answer.status()) {
        case 201, 204 -> {
          return true;
        }
        case 413 -> {
          return false;
        }
        case 404 -> throw new TransientFailure("the registry lost the upload");
        default -> throw line.refused(call, answer);
      }
    }
  }

  private boolean chunks(UploadSession begun) throws TransientFailure {
    UploadSession session =
        new ChunkedUpload(line, blob, content, progress, attempts, doing, CHUNK).run(begun);
    Call call = closing(session);
    try (Answer answer = line.once(call)) {
      return switch (answer.status()) {
        case 201, 204 -> true;
        case 404, 416 -> throw new TransientFailure("the registry lost the upload");
        default -> throw line.refused(call, answer);
      };
    }
  }

  private Call closing(UploadSession session) {
    return Call.get(doing, session.closing(blob.digest()), line.pushing())
        .method("PUT")
        .with("Content-Type", "application/octet-stream");
  }
}
