package io.github.ocigc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The desktop's program is given the address; where that fails, there is a hint and no more. */
@EnabledOnOs(OS.LINUX)
class BrowserTest {
  private static final URI ADDRESS = URI.create("http://127.0.0.1:1/?token=x");

  @TempDir Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  private void open(Map<String, String> environment) {
    PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);
    new Browser(environment, new Terminal(err, err, false)).open(ADDRESS);
  }

  private Map<String, String> desktop(String script) throws IOException {
    Path opener = folder.resolve("xdg-open");
    Files.writeString(opener, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(opener, PosixFilePermissions.fromString("rwx------"));
    return Map.of("PATH", "/nowhere:" + folder, "WAYLAND_DISPLAY", "wayland-0");
  }

  private static void await(BooleanSupplier come) {
    long end = System.nanoTime() + 60_000_000_000L;
    while (!come.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void opensTheAddress() throws IOException {
    Path opened = folder.resolve("opened");
    open(desktop("printf %s \"$1\" >" + opened + ".tmp && mv " + opened + ".tmp " + opened));
    await(() -> Files.exists(opened));
    assertThat(opened).hasContent(ADDRESS.toString());
    assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void saysWhenItFails() throws IOException {
    open(desktop("exit 3"));
    await(() -> said.toString(StandardCharsets.UTF_8).contains("exited with 3"));
  }

  @Test
  void saysWhenThereIsNone() throws IOException {
    open(Map.of("PATH", folder.toString(), "DISPLAY", ":0"));
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("open the address yourself");
  }

  @Test
  void startsNothingWithoutADisplay() throws IOException {
    desktop("touch " + folder.resolve("opened"));
    open(Map.of("PATH", folder.toString()));
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("no display");
    assertThat(folder.resolve("opened")).doesNotExist();
  }
}
