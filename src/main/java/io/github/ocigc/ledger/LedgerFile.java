package io.github.ocigc.ledger;

import io.github.ocigc.oci.OcigcException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.UUID;
import org.h2.Driver;
import org.h2.api.ErrorCode;

/**
 * The file {@code <base>.mv.db}: how it is opened, built beside the old one, put in its place, and
 * set aside. Callers hold the store's lock.
 *
 * <p>The database finds its newest part by the file's header, and by itself writes one that names
 * the part before; once places in the file are used again, what was committed and fsynced is not
 * found after a kill. So its file is a {@link SealedFile}, and only {@link Space} shrinks it while
 * in use: {@code MAX_COMPACT_TIME=0}, and no writer in the background.
 */
public final class LedgerFile {
  static final String SUFFIX = ".mv.db";

  /** A file of the database's own file system in memory. */
  static final String IN_MEMORY = "memFS:";

  private static final long SLACK_BYTES = 8L << 20;

  /**
   * What is committed reaches the file at once, and by {@link SealedChannel} the disk; but for what
   * {@link Space#writtenLater} holds back.
   */
  private static final String IN_USE = ";WRITE_DELAY=0;CACHE_SIZE=65536";

  private final Path base;

  public LedgerFile(Path base) {
    if (base.toString().indexOf(';') >= 0) {
      throw new OcigcException.Unusable(
          base + ": the database cannot live in a folder with ';' in its path. Rename the folder.");
    }
    this.base = base;
  }

  /** True if the file is half as long again as its rows need, and more than a few megabytes. */
  public boolean outgrown(Ledger ledger) {
    try {
      long bytes = Files.size(path());
      return bytes > SLACK_BYTES && bytes > SLACK_BYTES + ledger.view().roughBytes() * 3 / 2;
    } catch (IOException e) {
      return false; // it will be looked at again
    }
  }

  public Path path() {
    return Path.of(base + SUFFIX);
  }

  /** Opens an existing ledger, bringing its schema up to date. */
  public LedgerOpening open() {
    return open("");
  }

  /**
   * True if whoever wrote to the file last closed it, so that nothing is to be mended when it is
   * opened.
   */
  public boolean isClosed() {
    return closedVersion(path()).isPresent();
  }

  /** Of a file that is closed so, the newest version in it. */
  static OptionalLong closedVersion(Path path) {
    try (FileChannel file = FileChannel.open(path)) {
      List<Optional<StoreHeader>> headers = SealedChannel.headers(file);
      return headers.stream().allMatch(header -> header.isPresent() && header.get().clean())
          ? headers.stream().mapToLong(header -> header.orElseThrow().version()).max()
          : OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty(); // opening it for writing will say why
    }
  }

  /** Opens an existing ledger for questions; the file is not written. */
  public LedgerOpening openReadOnly() {
    return open(";ACCESS_MODE_DATA=r");
  }

  /**
   * A look at an existing ledger without the database; empty if the database is to be asked, which
   * knows what to do about a ledger that is missing, in use, broken or of another version.
   */
  public Optional<LedgerGlance> glance() {
    if (!isClosed()) {
      return Optional.empty();
    }
    try {
      return LedgerGlance.of(TableFile.open(path()));
    } catch (RuntimeException e) {
      abandon(); // a damaged file can fail anywhere
      return Optional.empty();
    }
  }

  private LedgerOpening open(String mode) {
    if (!Files.exists(path())) {
      return new LedgerOpening.Missing();
    }
    try {
      long bytes = Files.size(path());
      if (bytes == 0) {
        return new LedgerOpening.Unusable(
            "it is empty"); // the database would make itself one of it
      }
      SealedFile.register();
      OptionalLong closed = bytes > SLACK_BYTES ? closedVersion(path()) : OptionalLong.empty();
      Connection connection =
          connect(SealedFile.SCHEME + ":" + base, IN_USE + ";IFEXISTS=TRUE" + mode);
      Space.of(connection).reuseAtOnce();
      LedgerOpening opening = examined(new Ledger(connection, mode.isEmpty()));
      if (opening instanceof LedgerOpening.Opened opened
          && closed.isPresent()
          && opened.ledger().isWritable()
          && outgrown(opened.ledger())) {
        opened.ledger().findLost(closed.getAsLong());
      }
      return opening;
    } catch (SQLException e) {
      return e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1
          ? new LedgerOpening.Busy()
          : unusable(e);
    } catch (OcigcException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      return unusable(e); // a damaged file can fail anywhere below the first query
    }
  }

  /** Closes the ledger unless it can be used: left open, it would be found again under its name. */
  private static LedgerOpening examined(Ledger ledger) {
    try {
      Optional<String> objection = ledger.objection();
      if (objection.isEmpty()) {
        return new LedgerOpening.Opened(ledger);
      }
      ledger.close();
      return new LedgerOpening.Unusable(objection.get());
    } catch (RuntimeException e) {
      try {
        ledger.close();
      } catch (RuntimeException alsoBroken) {
        e.addSuppressed(alsoBroken);
      }
      throw e;
    }
  }

  /** Closes a ledger that was only read, broken or not, so that the file can be opened again. */
  public void giveBack(Ledger ledger) {
    try {
      ledger.close();
    } catch (RuntimeException e) {
      if (!DatabaseTrouble.ofFile(e)) {
        throw e;
      }
      abandon();
    }
  }

  private void abandon() {
    try {
      SealedFile.abandon(path());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close " + path(), e);
    }
  }

  private LedgerOpening unusable(Exception e) {
    abandon();
    Optional<IOException> disk = DatabaseTrouble.ofDisk(e);
    if (disk.isPresent()) {
      throw new OcigcException.Refused(
          "Could not write the ledger "
              + path()
              + ": "
              + disk.get().getMessage()
              + ". Nothing was changed. Make room there and try again.",
          disk.get());
    }
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new LedgerOpening.Unusable(message.lines().findFirst().orElse(message));
  }

  /** A new ledger beside this one, to be loaded; {@link #install} puts it in this one's place. */
  public CensusLoad createBeside() {
    deleteBeside();
    try {
      return new CensusLoad("file:" + beside());
    } catch (SQLException e) {
      String reason =
          DatabaseTrouble.ofDisk(e)
              .map(IOException::getMessage)
              .orElse(String.valueOf(e.getMessage()));
      throw new OcigcException.Refused(
          "Could not make a ledger in " + base.getParent() + ": " + reason, e);
    }
  }

  /** One in memory, for a store that cannot be written. It is gone when it is closed. */
  public static CensusLoad inMemory() {
    try {
      return new CensusLoad(IN_MEMORY + UUID.randomUUID());
    } catch (SQLException e) {
      throw new IllegalStateException("a database in memory cannot be made", e);
    }
  }

  /** Renames the new ledger, which must be closed, over the old one. */
  public void install() {
    try {
      Files.move(
          Path.of(beside() + SUFFIX),
          path(),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new OcigcException.Refused("Could not put the new ledger in place: " + e, e);
    }
  }

  /** Removes what a crash left of {@link #createBeside}. */
  public void deleteBeside() {
    try {
      Files.deleteIfExists(Path.of(beside() + SUFFIX));
      Files.deleteIfExists(Path.of(beside() + ".trace.db"));
    } catch (IOException e) {
      throw new OcigcException.Refused("Could not remove " + beside() + SUFFIX + ": " + e, e);
    }
  }

  /** Renames an unusable file so that nothing in it is lost; returns where it is now. */
  public Path setAside() {
    String when = // no constant: it costs each command some milliseconds
        LocalDateTime.now(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"));
    Path aside = base.resolveSibling("ledger.unusable-" + when + SUFFIX);
    for (int n = 2; Files.exists(aside); n++) {
      aside = base.resolveSibling("ledger.unusable-" + when + "-" + n + SUFFIX);
    }
    try {
      return Files.move(path(), aside);
    } catch (IOException e) {
      throw new OcigcException.Refused("Could not set " + path() + " aside: " + e, e);
    }
  }

  private Path beside() {
    return base.resolveSibling("rebuild");
  }

  static Connection connect(String base, String more) throws SQLException {
    Properties user = new Properties();
    user.put("user", "sa");
    user.put("password", "");
    return new Driver() // asked itself: the manager of drivers would look through every jar
        .connect(
            "jdbc:h2:"
                + base
                + ";DB_CLOSE_ON_EXIT=FALSE;MAX_COMPACT_TIME=0;TRACE_LEVEL_FILE=0"
                + more,
            user);
  }
}
