package io.github.ocigc.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReferenceTest {
  private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "alpine, docker.io/library/alpine:latest",
    "alpine:3.20, docker.io/library/alpine:3.20",
    "me/app, docker.io/me/app:latest",
    "docker.io/alpine, docker.io/library/alpine:latest",
    "localhost/app, localhost/app:latest",
    "localhost:5000/app, localhost:5000/app:latest",
    "localhost:5000/a/b/c:v1, localhost:5000/a/b/c:v1",
    "127.0.0.1:5000/app:v1, 127.0.0.1:5000/app:v1",
    "[::1]:5000/app:v1, [::1]:5000/app:v1",
    "ghcr.io/me/app_x.y--z:V1.2-rc_3, ghcr.io/me/app_x.y--z:V1.2-rc_3",
    "unikraft.org/nginx:1.25, unikraft.org/nginx:1.25"
  })
  void whatIsLeftOutIsFilledInAsDockerDoes(String text, String whole) {
    assertThat(Reference.parse(text)).hasToString(whole);
    assertThat(Reference.parse(whole)).isEqualTo(Reference.parse(text));
  }

  @Test
  void aDigestMakesATagUnnecessary() {
    Reference reference = Reference.parse("ghcr.io/me/app@" + DIGEST);

    assertThat(reference.tag()).isEmpty();
    assertThat(reference.target()).isEqualTo(DIGEST);
    assertThat(reference).hasToString("ghcr.io/me/app@" + DIGEST);
  }

  @Test
  void aDigestCountsMoreThanATag() {
    Reference reference = Reference.parse("ghcr.io/me/app:v1@" + DIGEST);

    assertThat(reference.tag()).isEqualTo("v1");
    assertThat(reference.target()).isEqualTo(DIGEST);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "",
        ":v1",
        "Alpine",
        "alpine:",
        "alpine@sha256:12",
        "alpine:v 1",
        "https://ghcr.io/me/app",
        "ghcr.io/../app",
        "ghcr.io//app",
        "ghcr.io/me/app/",
        "-x/app",
        "ghcr.io:port/app",
        "alpine:-v1"
      })
  void whatIsNoReferenceIsRefusedWithAnExample(String text) {
    assertThatThrownBy(() -> Reference.parse(text)).isInstanceOf(OcigcException.Unusable.class);
    assertThat(Reference.ifOne(text)).isEmpty();
  }

  @Test
  void aPlatformIsWantedUnderAnyOfItsNames() {
    assertThat(Platform.parse("qemu/x86_64").accepts(new Platform("qemu", "amd64", ""))).isTrue();
    assertThat(Platform.parse("linux/arm64").accepts(new Platform("linux", "aarch64", "v8")))
        .isTrue();
    assertThat(Platform.parse("linux/arm/v7").accepts(new Platform("linux", "arm", "v6")))
        .isFalse();
    assertThat(Platform.parse("linux/amd64").accepts(new Platform("windows", "amd64", "")))
        .isFalse();
  }
}
