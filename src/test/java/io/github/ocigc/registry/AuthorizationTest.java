package io.github.ocigc.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ocigc.fixture.FakeRegistry;
import io.github.ocigc.fixture.MemorySink;
import io.github.ocigc.fixture.RegistryRequest;
import io.github.ocigc.fixture.RegistryTokens;
import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.OcigcException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuthorizationTest {
  private static final byte[] BYTES = {'{', '}'};

  @TempDir Path folder;

  private final FakeRegistry registry = FakeRegistry.start();
  private final Digest blob = registry.content().addBlob("app", BYTES);
  private final List<String> notes = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() {
    registry.close();
  }

  private RegistryOptions anonymous() {
    registry.content().addManifest("app", "v1", "application/json", BYTES);
    return Quick.options(Map.of("HOME", folder.toString())).withNotes(notes::add);
  }

  private RegistryOptions with(String entry) throws IOException {
    Path file = folder.resolve("auth.json");
    Files.writeString(file, "{\"auths\":{\"" + registry.name() + "\":" + entry + "}}");
    return anonymous().withAuthFile(file);
  }

  private RegistryOptions loggedIn() throws IOException {
    String pair = RegistryTokens.USER + ":" + RegistryTokens.PASSWORD;
    String auth = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return with("{\"auth\":\"" + auth + "\"}");
  }

  private Repository app(RegistryOptions options) {
    return new Registries(options).repository(registry.name(), "app");
  }

  @Test
  void whoIsAskedForAPasswordGivesItAndFromThenOnUnasked() throws IOException {
    registry.basic();
    Repository app = app(loggedIn());
    app.manifest("v1");
    app.hasBlob(blob);
    assertThat(registry.requests("GET /v2/app")).hasSize(2);
    assertThat(registry.requests("HEAD /v2/app")).hasSize(1);
  }

  @Test
  void nothingSecretIsSentToWhomAsksForNothing() throws IOException {
    app(loggedIn()).manifest("v1");
    assertThat(registry.requests()).noneMatch(r -> r.header("Authorization").isPresent());
  }

  @Test
  void aTokenIsFetchedOnceForAllRequestsOfAScope() throws IOException {
    registry.bearer();
    Repository app = app(loggedIn());
    app.manifest("v1");
    app.hasBlob(blob);
    app.manifest("v1");
    assertThat(registry.requests("GET /token")).hasSize(1);
    assertThat(registry.requests("GET /token").get(0).query())
        .isEqualTo("service=fake%2C+with+a+comma&scope=repository%3Aapp%3Apull");
    assertThat(registry.requests("GET /v2/app")).hasSize(3);
  }

  @Test
  void manyThreadsFetchOneToken() throws Exception {
    registry.bearer();
    Repository app = app(loggedIn());
    app.manifest("v1");
    registry.tokens().revoke();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      all.add(threads.submit(() -> app.hasBlob(blob)));
    }
    for (Future<Boolean> one : all) {
      assertThat(one.get()).isTrue();
    }
    threads.shutdown();
    assertThat(registry.tokens().given()).isEqualTo(2);
  }

  @Test
  void anybodyGetsATokenWhereAnybodyMay() {
    registry.bearer().tokens().forAnybody();
    assertThat(app(anonymous()).manifest("v1").bytes()).isEqualTo(BYTES);
  }

  @Test
  void theTokenMayBeCalledAccessToken() throws IOException {
    registry.bearer().tokens().in("access_token");
    assertThat(app(loggedIn()).manifest("v1").bytes()).isEqualTo(BYTES);
  }

  @Test
  void aTokenIsRenewedBeforeItExpires() throws Exception {
    registry.bearer().tokens().expireIn(1);
    Repository app = app(loggedIn());
    app.manifest("v1");
    Thread.sleep(900);
    app.manifest("v1");
    assertThat(registry.tokens().given()).isEqualTo(2);
    assertThat(registry.requests("GET /v2/app")).hasSize(3); // none was refused the second time
  }

  @Test
  void aTokenThatIsRefusedInTheMiddleIsRenewedOnce() throws IOException {
    registry.bearer();
    Repository app = app(loggedIn());
    byte[] bytes = Quick.bytes(100_000);
    Digest large = registry.content().addBlob("app", bytes);
    registry.blobFaults().dropAfter(50_000);
    MemorySink sink = MemorySink.keeping();
    app.fetchBlob(
        new Descriptor("", large, bytes.length),
        sink,
        count -> {
          if (sink.position() < 50_000) {
            registry.tokens().revoke();
          }
        });
    assertThat(sink.bytes()).isEqualTo(bytes);
    assertThat(registry.tokens().given()).isEqualTo(2);
  }

  @Test
  void anUploadAsksForMoreThanADownload() throws IOException {
    registry.bearer();
    Repository app = app(loggedIn());
    app.uploadBlob(
        new Descriptor("", blob, BYTES.length),
        from -> new ByteArrayInputStream(BYTES),
        count -> {});
    assertThat(registry.requests("GET /token").get(0).query()).contains("pull%2Cpush");
  }

  @Test
  void aMountAsksForBothRepositories() throws IOException {
    registry.bearer();
    registry.content().addBlob("base", BYTES);
    assertThat(app(loggedIn()).mountBlob(blob, "base")).isTrue();
    assertThat(registry.requests("GET /token").get(0).query())
        .contains("repository%3Aapp%3Apull%2Cpush", "repository%3Abase%3Apull");
  }

  @Test
  void anIdentityTokenIsChangedForATokenByPost() throws IOException {
    registry.bearer();
    Repository app = app(with("{\"identitytoken\":\"" + RegistryTokens.IDENTITY + "\"}"));
    assertThat(app.manifest("v1").bytes()).isEqualTo(BYTES);
    assertThat(registry.requests("POST /token")).hasSize(1);
    assertThat(registry.requests("POST /token").get(0).query()).isEmpty();
  }

  @Test
  void aTokenServiceInTroubleIsTriedAgain() throws IOException {
    registry.bearer().tokenFaults().fail(2, 503);
    assertThat(app(loggedIn()).manifest("v1").bytes()).isEqualTo(BYTES);
  }

  @Test
  void wrongCredentialsAreSaidWithTheFileTheyAreFrom() throws IOException {
    registry.bearer();
    RegistryOptions options = with("{\"username\":\"me\",\"password\":\"hunter2\"}");
    assertThatThrownBy(() -> app(options).manifest("v1"))
        .isInstanceOf(OcigcException.RegistryFailed.class)
        .hasMessageContaining("401")
        .hasMessageContaining(folder.resolve("auth.json").toString())
        .hasMessageContaining("docker login")
        .message()
        .doesNotContain("hunter2");
    registry.basic();
    assertThatThrownBy(() -> app(options).manifest("v1"))
        .isInstanceOf(OcigcException.RegistryFailed.class)
        .hasMessageContaining("auth.json");
  }

  @Test
  void missingCredentialsAreSaidWithTheFilesThatWereLookedInto() {
    registry.basic();
    assertThatThrownBy(() -> app(anonymous()).manifest("v1"))
        .isInstanceOf(OcigcException.RegistryFailed.class)
        .hasMessageContaining(registry.name() + "/app")
        .hasMessageContaining(folder.resolve(".docker/config.json").toString())
        .hasMessageContaining(folder.resolve(".config/containers/auth.json").toString())
        .hasMessageContaining("skopeo login");
  }

  @Test
  void credentialsAreNotSentInTheClearToATokenServiceElsewhere() throws IOException {
    registry.bearer("http://tokens.example/token?secret=1");
    assertThatThrownBy(() -> app(loggedIn()).manifest("v1"))
        .isInstanceOf(OcigcException.RegistryFailed.class)
        .hasMessageContaining("in the clear")
        .hasMessageContaining("tokens.example")
        .message()
        .doesNotContain("secret=1");
  }

  @Test
  void aTokenServiceElsewhereGetsThePasswordAndTheRegistryDoesNot() throws IOException {
    try (FakeRegistry other = FakeRegistry.start()) {
      registry.bearer(other.url("/token"));
      RegistryOptions options = loggedIn();
      assertThatThrownBy(() -> app(options).manifest("v1")) // its tokens are unknown here
          .isInstanceOf(OcigcException.RegistryFailed.class);
      assertThat(other.requests("GET /token").get(0).header("Authorization"))
          .hasValueSatisfying(value -> assertThat(value).startsWith("Basic "));
      assertThat(registry.requests())
          .extracting(r -> r.header("Authorization").orElse(""))
          .noneMatch(value -> value.startsWith("Basic"));
    }
  }

  @Test
  void noSecretIsInAnyText() throws IOException {
    registry.bearer();
    registry.tokenFaults().fail(1, 500);
    app(loggedIn()).manifest("v1");
    assertThat(notes).isNotEmpty();
    assertThat(String.join("\n", notes)).doesNotContain(RegistryTokens.PASSWORD, "Basic", "scope=");
    assertThat(new Credential.Login("me", "hunter2").toString()).doesNotContain("hunter2");
    assertThat(new Credential.IdentityToken("hunter2").toString()).doesNotContain("hunter2");
    assertThat(new Token("hunter2", 0).toString()).doesNotContain("hunter2");
    assertThat(
            new Credentials.Found(
                    java.util.Optional.of(new Credential.Login("me", "hunter2")), "from")
                .toString())
        .doesNotContain("hunter2");
  }

  @Test
  void aRedirectedBlobIsFetchedWithoutAuthorizationAndResumed() throws IOException {
    registry.bearer();
    byte[] bytes = Quick.bytes(200_000);
    Digest large = registry.content().addBlob("app", bytes);
    try (FakeRegistry storage = FakeRegistry.start()) {
      storage.content().addBlob("app", bytes);
      storage.blobFaults().dropAfter(50_000);
      registry.content().redirectBlobs(storage.url(""));
      MemorySink sink = MemorySink.keeping();
      app(loggedIn()).fetchBlob(new Descriptor("", large, bytes.length), sink, count -> {});
      assertThat(sink.bytes()).isEqualTo(bytes);
      List<RegistryRequest> there = storage.requests("GET /v2/app/blobs/");
      assertThat(there).hasSize(2).noneMatch(r -> r.header("Authorization").isPresent());
      assertThat(there.get(1).header("Range")).isPresent();
    }
  }

  @Test
  void aRedirectToAnotherNameOfTheSameMachineIsElsewhere() throws IOException {
    registry.basic();
    registry.content().redirectBlobs("http://" + registry.otherName());
    assertThatThrownBy(
            () ->
                app(loggedIn())
                    .fetchBlob(new Descriptor("", blob, 2), MemorySink.keeping(), count -> {}))
        .isInstanceOf(OcigcException.RegistryFailed.class);
    assertThat(registry.requests("GET /v2/app/blobs/" + blob + "?sig"))
        .noneMatch(r -> r.header("Authorization").isPresent());
  }

  @Test
  void redirectsInACircleEnd() {
    registry.content().redirectBlobs(registry.url(""));
    assertThatThrownBy(() -> app(anonymous()).hasBlob(blob))
        .isInstanceOf(OcigcException.RegistryFailed.class)
        .hasMessageContaining("redirected more than 5 times")
        .message()
        .doesNotContain("secret");
    assertThat(registry.requests("HEAD")).hasSize(6);
  }
}
