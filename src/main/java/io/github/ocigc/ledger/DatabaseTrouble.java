package io.github.ocigc.ledger;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;

/** Telling a disk that refused from a defect, when the database has given up. */
public final class DatabaseTrouble {
  private DatabaseTrouble() {}

  /** What the disk said, if the database failed because of it: it is full, or broken. */
  public static Optional<IOException> ofDisk(Throwable e) {
    boolean database = false;
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      database |= cause instanceof SQLException;
      if (database && cause instanceof IOException refused) {
        return Optional.of(refused);
      }
    }
    return Optional.empty();
  }
}
