package io.github.ocigc.cli;

import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.registry.Registries;
import io.github.ocigc.registry.RegistryOptions;
import io.github.ocigc.registry.Retries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command reaches registries. */
final class RegistryFlags {
  @Option(
      names = "--plain-http",
      description = "Speak HTTP without TLS; without this, only to this machine itself.")
  private boolean plainHttp;

  @Option(names = "--insecure", description = "Do not check certificates.")
  private boolean insecure;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description = "Certificates (PEM) to trust as well.")
  private @Nullable Path caFile;

  @Option(
      names = "--authfile",
      paramLabel = "FILE",
      description =
          "Credentials. Default: $REGISTRY_AUTH_FILE, else what docker and podman have saved.")
  private @Nullable Path authFile;

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      defaultValue = "4",
      description = "How many blobs to transfer at a time. Default: 4.")
  private int jobs;

  int jobs() {
    if (jobs < 1 || jobs > 64) {
      throw new OcigcException.Unusable("--jobs takes a number from 1 to 64.");
    }
    return jobs;
  }

  Registries connect(GlobalOptions program, Terminal terminal) {
    RegistryOptions options =
        RegistryOptions.defaults(program.environment()).withNotes(terminal::note);
    options = patience().map(options::withRetries).orElse(options);
    options = plainHttp ? options.withPlainHttp() : options;
    options = insecure ? options.withInsecure() : options;
    options = caFile == null ? options : options.withCaFile(readable(program, caFile));
    return new Registries(
        authFile == null ? options : options.withAuthFile(readable(program, authFile)));
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

  /** A text as the option had it; for those that want no empty one. */
  static Optional<String> given(@Nullable String text) {
    return Optional.ofNullable(text).filter(t -> !t.isEmpty());
  }
}
