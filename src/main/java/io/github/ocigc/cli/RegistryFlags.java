package io.github.ocigc.cli;

import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.registry.Registries;
import io.github.ocigc.registry.RegistryOptions;
import io.github.ocigc.registry.Retries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How a command reaches registries. */
final class RegistryFlags {
  private final Argument<Boolean> plainHttp =
      Argument.flag(
          "Speak HTTP without TLS; without this, only to this machine itself.", "--plain-http");

  private final Argument<Boolean> insecure =
      Argument.flag("Do not check certificates.", "--insecure");

  private final Argument<Path> caFile =
      Argument.option(Path.of(""), "FILE", "Certificates (PEM) to trust as well.", "--ca-file");

  private final Argument<Path> authFile =
      Argument.option(
          Path.of(""),
          "FILE",
          "Credentials. Default: $REGISTRY_AUTH_FILE, else what docker and podman have saved.",
          "--authfile");

  private final Argument<Integer> jobs =
      Argument.option(4, "N", "How many blobs to transfer at a time. Default: 4.", "-j", "--jobs");

  Argument<?>[] all() {
    return new Argument<?>[] {plainHttp, insecure, caFile, authFile, jobs};
  }

  int jobs() {
    if (jobs.get() < 1 || jobs.get() > 64) {
      throw new OcigcException.Unusable("--jobs takes a number from 1 to 64.");
    }
    return jobs.get();
  }

  Registries connect(GlobalOptions program, Terminal terminal) {
    RegistryOptions options =
        RegistryOptions.defaults(program.environment()).withNotes(terminal::note);
    options = patience().map(options::withRetries).orElse(options);
    options = plainHttp.get() ? options.withPlainHttp() : options;
    options = insecure.get() ? options.withInsecure() : options;
    Optional<Path> ca = caFile.given().map(file -> readable(program, file));
    options = ca.map(options::withCaFile).orElse(options);
    Optional<Path> auth = authFile.given().map(file -> readable(program, file));
    return new Registries(auth.map(options::withAuthFile).orElse(options));
  }

  /** For tests: {@code -Docigc.retries=attempts,milliseconds} of the first pause. */
  private static Optional<Retries> patience() {
    String text = System.getProperty("ocigc.retries", "");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String[] parts = text.split(",", 2);
    Duration first = Duration.ofMillis(Long.parseLong(parts[1]));
    return Optional.of(new Retries(Integer.parseInt(parts[0]), first, Duration.ofSeconds(1)));
  }

  private static Path readable(GlobalOptions program, Path file) {
    Path path = program.resolve(file);
    if (!Files.isReadable(path)) {
      throw new OcigcException.Unusable(path + " cannot be read, or does not exist.");
    }
    return path;
  }
}
