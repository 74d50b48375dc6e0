package io.github.ocigc.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another tool, run as a process. Its Debian package has the same name. */
enum Peer {
  SKOPEO("skopeo", "--insecure-policy"),
  UMOCI("umoci");

  private final String program;
  private final List<String> always;

  Peer(String program, String... always) {
    this.program = program;
    this.always = List.of(always);
  }

  /** True on a build machine, where a missing tool is a failure, and wherever all of them are. */
  static boolean wanted() {
    return "true".equals(System.getenv("CI")) || (SKOPEO.isHere() && UMOCI.isHere());
  }

  private boolean isHere() {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }

  /** Runs it, insists on success, and answers its standard output. */
  String run(String... args) {
    if (!isHere()) {
      throw new AssertionError(
          program + " is not on this machine's PATH. Install the Debian package " + program + ".");
    }
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(always);
    command.addAll(List.of(args));
    try {
      Path errors = Files.createTempFile("peer", ".err");
      Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      String err = Files.readString(errors);
      Files.delete(errors);
      if (code != 0) {
        throw new AssertionError(String.join(" ", command) + " exited " + code + ": " + out + err);
      }
      return out;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
