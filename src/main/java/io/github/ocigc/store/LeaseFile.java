package io.github.ocigc.store;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Lease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The file {@code lease} in a transfer's folder: whose it is, then what it holds, a digest a line.
 * The ledger follows it, so that a ledger that is made anew knows of transfers under way. Not
 * fsynced: after a power cut there is no process to hold anything for.
 */
final class LeaseFile {
  private static final String NAME = "lease";

  private LeaseFile() {}

  static void write(Path folder, Lease lease) {
    List<String> lines = new ArrayList<>();
    lines.add(lease.owner().replaceAll("\\p{Cntrl}", "?"));
    lease.digests().forEach(digest -> lines.add(digest.toString()));
    Path written = folder.resolve(NAME + ".new");
    try {
      Files.write(written, lines);
      Files.move(written, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw Refusals.of("write the lease", written, e);
    }
  }

  /** Empty if the transfer holds nothing yet. */
  static Optional<Lease> read(Path folder) {
    Path file = folder.resolve(NAME);
    try {
      List<String> lines = Files.readAllLines(file);
      List<Digest> digests =
          lines.stream().skip(1).map(Digest::parse).flatMap(Optional::stream).toList();
      String owner = lines.isEmpty() ? "another process" : lines.get(0);
      return Optional.of(new Lease(String.valueOf(folder.getFileName()), owner, digests));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw Refusals.of("read the lease", file, e);
    }
  }
}
