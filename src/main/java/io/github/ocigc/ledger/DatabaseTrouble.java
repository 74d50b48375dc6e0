package io.github.ocigc.ledger;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/** Telling a disk that refused, a ledger that is broken, and a defect of ours from each other. */
public final class DatabaseTrouble {
  private DatabaseTrouble() {}

  /** What the disk said, if the database failed because it could not write: it is full, perhaps. */
  public static Optional<IOException> ofDisk(Throwable e) {
    boolean writing = false;
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      writing |=
          cause instanceof MVStoreException store
              && store.getErrorCode() == DataUtils.ERROR_WRITING_FAILED;
      if (cause instanceof IOException refused && (writing || isFull(refused))) {
        return Optional.of(refused);
      }
    }
    return Optional.empty();
  }

  private static boolean isFull(IOException e) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    return message.contains("No space left") || message.contains("quota");
  }

  /** True if the database failed by itself: its file is not what it should be. */
  public static boolean ofFile(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException || cause instanceof MVStoreException) {
        return ofDisk(e).isEmpty();
      }
    }
    return false;
  }
}
