package io.github.ocigc.registry;

import io.github.ocigc.oci.Descriptor;

/**
 * Sends a blob in chunks, and after a break asks the registry how far it got (distribution-spec
 * 1.1, "Pushing a blob in chunks"). Used by one thread.
 */
final class ChunkedUpload {
  private static final long LEAST = 64 * 1024;

  private final Line line;
  private final Descriptor blob;
  private final BlobContent content;
  private final UploadProgress progress;
  private final Attempts attempts;
  private final String doing;
  private long chunk;
  private long furthest;

  ChunkedUpload(
      Line line,
      Descriptor blob,
      BlobContent content,
      UploadProgress progress,
      Attempts attempts,
      String doing,
      long chunk) {
    this.line = line;
    this.blob = blob;
    this.content = content;
    this.progress = progress;
    this.attempts = attempts;
    this.doing = doing;
    this.chunk = chunk;
  }

  /** All chunks; the session that is left wants to be closed. Throws if the session is lost. */
  UploadSession run(UploadSession begun) throws TransientFailure {
    UploadSession session = begun;
    chunk = Math.max(chunk, begun.minimumChunk());
    while (session.offset() < blob.sizeBytes()) {
      try {
        session = send(session);
      } catch (TransientFailure failure) {
        attempts.failed(failure);
        session = state(session);
      }
      if (session.offset() > furthest) {
        furthest = session.offset();
        attempts.progressed();
      }
      progress.at(session.offset());
    }
    return session;
  }

  private UploadSession send(UploadSession session) throws TransientFailure {
    long from = session.offset();
    long length = Math.min(chunk, blob.sizeBytes() - from);
    Call call =
        Call.get(doing, session.location(), line.pushing())
            .method("PATCH")
            .with("Content-Type", "application/octet-stream")
            .with("Content-Range", from + "-" + (from + length - 1))
            .carrying(new BlobPayload(content, from, length, progress));
    try (Answer answer = line.once(call)) {
      switch (answer.status()) {
        case 201, 202, 204 -> {
          UploadSession next = session.after(answer, from + length);
          if (next.offset() <= from || next.offset() > from + length) {
            throw new TransientFailure(
                "the registry says that it has " + next.offset() + " bytes after " + from);
          }
          return next;
        }
        case 413 -> {
          chunk = length / 4;
          if (chunk < Math.max(LEAST, session.minimumChunk())) {
            throw line.refused(call, answer);
          }
          return state(session);
        }
        case 400, 404, 416 -> throw new TransientFailure(words(answer));
        default -> throw line.refused(call, answer);
      }
    }
  }

  /** Asks how far the registry got. */
  private UploadSession state(UploadSession session) throws TransientFailure {
    Call call = Call.get(doing, session.location(), line.pushing());
    try (Answer answer = line.once(call)) {
      if (answer.status() != 204 && answer.status() != 202 && answer.status() != 200) {
        throw new TransientFailure("the registry lost the upload: " + words(answer));
      }
      UploadSession next = session.after(answer, 0);
      if (next.offset() > blob.sizeBytes()) {
        throw new TransientFailure("the registry has more bytes than there are");
      }
      return next;
    }
  }

  private String words(Answer answer) {
    try {
      return Failure.found(answer);
    } catch (InterruptedException e) {
      throw Interruption.of(doing);
    }
  }
}
