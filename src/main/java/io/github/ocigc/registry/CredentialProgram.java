package io.github.ocigc.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ocigc.oci.OcigcException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The program {@code docker-credential-NAME}, found on the environment's PATH, run with {@code get}
 * and the registry on its standard input (docker-credential-helpers' protocol). A helper that is
 * not there or fails is told of and does without: most pulls need no credentials. What it wrote is
 * never repeated.
 */
final class CredentialProgram {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final int OUTPUT_LIMIT = 1024 * 1024;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String program;
  private final Map<String, String> environment;
  private final Consumer<String> notes;

  CredentialProgram(String name, Map<String, String> environment, Consumer<String> notes) {
    if (!NAME.matcher(name).matches()) {
      throw new OcigcException.Unusable(
          "'"
              + Printable.text(name)
              + "' in a credentials file is no name of a credential helper. Write what follows"
              + " docker-credential- in the program's name.");
    }
    this.program = "docker-credential-" + name;
    this.environment = environment;
    this.notes = notes;
  }

  Optional<Credential> get(String registry) {
    Optional<Path> found = find();
    if (found.isEmpty()) {
      return without("it is not on the PATH");
    }
    try {
      ProcessBuilder builder = new ProcessBuilder(found.get().toString(), "get");
      builder.environment().clear();
      builder.environment().putAll(environment);
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
      return ask(builder.start(), registry);
    } catch (IOException e) {
      return without("it cannot be run or gives no usable answer");
    }
  }

  private Optional<Path> find() {
    for (String folder : environment.getOrDefault("PATH", "").split(":", -1)) {
      Path candidate = Path.of(folder, program);
      if (!folder.isEmpty() && Files.isExecutable(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private Optional<Credential> ask(Process process, String registry) throws IOException {
    try {
      CompletableFuture<byte[]> out = CompletableFuture.supplyAsync(() -> output(process));
      give(process, registry);
      if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
        return without("it gave no answer within " + LONGEST.toSeconds() + " s");
      }
      byte[] answer = out.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
      if (process.exitValue() != 0) {
        boolean unknown = new String(answer, StandardCharsets.UTF_8).contains("not found");
        return unknown ? Optional.empty() : without("it exited " + process.exitValue());
      }
      JsonNode json = JSON.readTree(answer);
      String user = json.path("Username").asText("");
      return user.isEmpty()
          ? Optional.empty()
          : Optional.of(AuthFile.of(user, json.path("Secret").asText("")));
    } catch (ExecutionException | TimeoutException e) {
      return without("it keeps its output to itself");
    } catch (InterruptedException e) {
      throw Interruption.of("Asking " + program + " for the credentials of " + registry);
    } finally {
      process.destroyForcibly();
    }
  }

  private static void give(Process process, String registry) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(registry.getBytes(StandardCharsets.UTF_8));
    } catch (IOException itReadsNothing) {
      return; // its answer decides
    }
  }

  private static byte[] output(Process process) {
    try (InputStream out = process.getInputStream()) {
      return out.readNBytes(OUTPUT_LIMIT);
    } catch (IOException e) {
      return new byte[0];
    }
  }

  private Optional<Credential> without(String why) {
    notes.accept("Going on without the credentials that " + program + " may have: " + why + ".");
    return Optional.empty();
  }
}
