package io.github.ocigc.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ocigc.oci.OcigcException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CredentialFilesTest {
  @TempDir Path folder;

  private final List<String> notes = new ArrayList<>();

  private static String auth(String user) {
    byte[] pair = (user + ":pass:word").getBytes(StandardCharsets.UTF_8);
    return "{\"auth\":\"" + Base64.getEncoder().encodeToString(pair) + "\"}";
  }

  private Path write(String file, String json) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, json);
  }

  private Path auths(String file, String... keysAndEntries) throws IOException {
    StringBuilder json = new StringBuilder("{\"auths\":{");
    for (int i = 0; i < keysAndEntries.length; i += 2) {
      json.append(i == 0 ? "" : ",").append('"').append(keysAndEntries[i]).append("\":");
      json.append(keysAndEntries[i + 1]);
    }
    return write(file, json.append("}}").toString());
  }

  private Credentials.Found find(RegistryOptions options, String registry, String repository) {
    return new Credentials(options.withNotes(notes::add))
        .find(new RegistryHost(registry), repository);
  }

  private String user(Map<String, String> environment, String registry, String repository) {
    return find(Quick.options(environment), registry, repository)
        .credential()
        .map(c -> ((Credential.Login) c).user())
        .orElse("nobody");
  }

  private Map<String, String> home() {
    return Map.of("HOME", folder.toString());
  }

  @Test
  void theFirstFileThatKnowsARegistryWins() throws IOException {
    Path option = auths("option.json", "r.example", auth("option"));
    auths("env.json", "r.example", auth("env"));
    auths("docker/config.json", "r.example", auth("docker"));
    auths("run/containers/auth.json", "r.example", auth("run"), "s.example", auth("run"));
    auths("xdg/containers/auth.json", "r.example", auth("xdg"), "t.example", auth("xdg"));
    Map<String, String> usual =
        Map.of(
            "DOCKER_CONFIG", folder.resolve("docker").toString(),
            "XDG_RUNTIME_DIR", folder.resolve("run").toString(),
            "XDG_CONFIG_HOME", folder.resolve("xdg").toString());
    assertThat(user(usual, "r.example", "a")).isEqualTo("docker");
    assertThat(user(usual, "s.example", "a")).isEqualTo("run");
    assertThat(user(usual, "t.example", "a")).isEqualTo("xdg");
    Map<String, String> named = Map.of("REGISTRY_AUTH_FILE", folder.resolve("env.json").toString());
    assertThat(user(named, "r.example", "a")).isEqualTo("env");
    assertThat(find(Quick.options(named).withAuthFile(option), "r.example", "a").credential())
        .contains(new Credential.Login("option", "pass:word"));
  }

  @Test
  void withoutVariablesTheFilesAreBelowHome() throws IOException {
    auths(".docker/config.json", "r.example", auth("docker"));
    auths(".config/containers/auth.json", "s.example", auth("podman"));
    assertThat(user(home(), "r.example", "a")).isEqualTo("docker");
    assertThat(user(home(), "s.example", "a")).isEqualTo("podman");
    assertThat(user(home(), "t.example", "a")).isEqualTo("nobody");
    assertThat(user(Map.of(), "r.example", "a")).isEqualTo("nobody");
  }

  @Test
  void theMostSpecificKeyWins() throws IOException {
    auths(
        ".docker/config.json",
        "r.example",
        auth("all"),
        "r.example/team",
        auth("team"),
        "r.example/team/app",
        auth("app"));
    assertThat(user(home(), "r.example", "team/app")).isEqualTo("app");
    assertThat(user(home(), "r.example", "team/other")).isEqualTo("team");
    assertThat(user(home(), "r.example", "teamwork")).isEqualTo("all");
    assertThat(user(home(), "r.example:5000", "team/app")).isEqualTo("nobody");
  }

  @Test
  void theHubIsKnownByItsOldNames() throws IOException {
    for (String key :
        List.of(
            "https://index.docker.io/v1/",
            "docker.io",
            "index.docker.io",
            "registry-1.docker.io")) {
      auths(".docker/config.json", key, auth("hub"));
      assertThat(user(home(), "docker.io", "library/alpine")).as(key).isEqualTo("hub");
    }
    assertThat(new RegistryHost("docker.io").address()).isEqualTo("registry-1.docker.io");
  }

  @Test
  void aKeyMayHaveASchemeAndASlash() throws IOException {
    auths(
        ".docker/config.json",
        "https://r.example:5000/",
        auth("one"),
        "http://s.example/v2/",
        auth("two"));
    assertThat(user(home(), "r.example:5000", "a")).isEqualTo("one");
    assertThat(user(home(), "s.example", "a")).isEqualTo("two");
  }

  @Test
  void namesPasswordsAndIdentityTokensAreUnderstood() throws IOException {
    auths(
        ".docker/config.json",
        "a.example",
        "{\"username\":\"u\",\"password\":\"p\"}",
        "b.example",
        "{\"auth\":\"dTpw\",\"identitytoken\":\"idt\"}",
        "c.example",
        "{}");
    RegistryOptions options = Quick.options(home());
    assertThat(find(options, "a.example", "x").credential())
        .contains(new Credential.Login("u", "p"));
    assertThat(find(options, "b.example", "x").credential())
        .contains(new Credential.IdentityToken("idt"));
    assertThat(find(options, "c.example", "x").credential()).isEmpty();
  }

  @Test
  void aBrokenFileIsNamedAndNotQuoted() throws IOException {
    for (String json :
        List.of(
            "{\"auths\":{\"r.example\":{\"auth\":\"hunter2hunter2",
            "{\"auths\":{\"r.example\":{\"auth\":hunter2}}}",
            "{\"auths\":{\"r.example\":{\"auth\":\"hunter2!\"}}}",
            "{\"auths\":{\"r.example\":{\"auth\":\"aHVudGVyMg==\"}}}",
            "[\"hunter2\"]")) {
      Path file = write(".docker/config.json", json);
      assertThatThrownBy(() -> user(home(), "r.example", "a"))
          .isInstanceOf(OcigcException.Unusable.class)
          .hasMessageContaining(file.toString())
          .hasNoCause()
          .message()
          .doesNotContain("hunter2");
    }
  }

  @Test
  void aNamedFileThatIsMissingIsSaidAndAUsualOneIsNothing() {
    Path missing = folder.resolve("missing.json");
    assertThatThrownBy(() -> find(Quick.options().withAuthFile(missing), "r.example", "a"))
        .isInstanceOf(OcigcException.Unusable.class)
        .hasMessageContaining(missing.toString());
    assertThat(user(Map.of("REGISTRY_AUTH_FILE", missing.toString()), "r.example", "a"))
        .isEqualTo("nobody");
  }

  private Map<String, String> withProgram(String name, String script) throws IOException {
    Path program = write("bin/docker-credential-" + name, "#!/bin/sh\n" + script);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return Map.of("HOME", folder.toString(), "PATH", folder.resolve("bin") + ":/usr/bin:/bin");
  }

  @Test
  void aCredentialHelperIsAskedOnItsStandardInput() throws IOException {
    write(".docker/config.json", "{\"credHelpers\":{\"r.example\":\"mine\"}}");
    Map<String, String> environment =
        withProgram(
            "mine", "read r; echo \"{\\\"Username\\\":\\\"$1 $r\\\",\\\"Secret\\\":\\\"s\\\"}\"\n");
    assertThat(user(environment, "r.example", "a")).isEqualTo("get r.example");
    assertThat(user(environment, "s.example", "a")).isEqualTo("nobody");
  }

  @Test
  void aStoreIsAskedForAllAndForTheHubByItsOldName() throws IOException {
    write(".docker/config.json", "{\"auths\":{\"docker.io\":{}},\"credsStore\":\"mine\"}");
    Map<String, String> environment =
        withProgram(
            "mine", "read r; echo \"{\\\"Username\\\":\\\"$r\\\",\\\"Secret\\\":\\\"s\\\"}\"\n");
    assertThat(user(environment, "docker.io", "library/a"))
        .isEqualTo("https://index.docker.io/v1/");
  }

  @Test
  void aHelpersIdentityTokenIsOne() throws IOException {
    write(".docker/config.json", "{\"credsStore\":\"mine\"}");
    Map<String, String> environment =
        withProgram("mine", "echo '{\"Username\":\"<token>\",\"Secret\":\"idt\"}'\n");
    assertThat(find(Quick.options(environment), "r.example", "a").credential())
        .isEqualTo(Optional.of(new Credential.IdentityToken("idt")));
  }

  @Test
  void aHelperThatFailsIsToldOfAndNotQuoted() throws IOException {
    write(".docker/config.json", "{\"credsStore\":\"mine\"}");
    Map<String, String> environment = withProgram("mine", "echo hunter2; exit 3\n");
    assertThat(user(environment, "r.example", "a")).isEqualTo("nobody");
    assertThat(notes).singleElement().asString().contains("exited 3").doesNotContain("hunter2");
    assertThat(user(home(), "r.example", "a")).isEqualTo("nobody");
    assertThat(notes.get(1)).contains("not on the PATH");
  }

  @Test
  void aHelperThatKnowsNothingIsNoNews() throws IOException {
    write(".docker/config.json", "{\"credsStore\":\"mine\"}");
    Map<String, String> environment =
        withProgram("mine", "echo 'credentials not found in native keychain'; exit 1\n");
    assertThat(user(environment, "r.example", "a")).isEqualTo("nobody");
    assertThat(notes).isEmpty();
  }

  @Test
  void aHelpersNameIsNoPath() throws IOException {
    write(".docker/config.json", "{\"credsStore\":\"x/../../evil\"}");
    assertThatThrownBy(() -> user(home(), "r.example", "a"))
        .isInstanceOf(OcigcException.Unusable.class)
        .hasMessageContaining("no name of a credential helper");
  }
}
