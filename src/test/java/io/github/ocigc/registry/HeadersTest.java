package io.github.ocigc.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ocigc.oci.OcigcException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The small languages of HTTP, read and written. */
final class HeadersTest {
  @Test
  void aBearerChallengeIsReadWithItsQuotes() {
    assertThat(
            Challenge.parse(
                List.of(
                    "Bearer realm=\"https://a/t?x=1,2\", service = \"s \\\"q\\\"\",scope=a:b:c")))
        .containsExactly(
            new Challenge(
                "bearer",
                Map.of("realm", "https://a/t?x=1,2", "service", "s \"q\"", "scope", "a:b:c")));
  }

  @Test
  void severalChallengesAreReadFromOneHeaderOrMany() {
    assertThat(Challenge.parse(List.of("Negotiate, Basic realm=\"x\", BEARER Realm=\"y\"", "Foo")))
        .extracting(Challenge::scheme)
        .containsExactly("negotiate", "basic", "bearer", "foo");
  }

  @Test
  void aBrokenChallengeEndsQuietly() {
    for (String broken :
        List.of("", "\"", "Bearer realm=\"", "Bearer =,=\"", ",,,", "Bearer a\"b")) {
      assertThat(Challenge.parse(List.of(broken))).hasSizeLessThan(3);
    }
  }

  @Test
  void aContentRangeHasATotalOrNone() {
    assertThat(ContentRange.parse("bytes 10-19/100")).contains(new ContentRange(10, 19, 100));
    assertThat(ContentRange.parse("bytes 10-19/*")).contains(new ContentRange(10, 19, -1));
    assertThat(ContentRange.parse("bytes */100")).isEmpty();
    assertThat(ContentRange.parse("")).isEmpty();
  }

  @Test
  void scopesOfOneRepositoryAreOne() {
    assertThat(Scopes.pull("a").and(Scopes.push("a")).and(Scopes.pull("b")).texts())
        .containsExactly("repository:a:pull,push", "repository:b:pull");
    assertThat(Scopes.parse("repository:a:push,pull")).isEqualTo(Scopes.push("a"));
  }

  @Test
  void anUploadsLocationMayBeRelativeAndMayForgetTheEncryption() {
    URI asked = URI.create("https://r.example/v2/a/blobs/uploads/");
    assertThat(Location.ofUpload(asked, "/v2/x?y=z"))
        .contains(URI.create("https://r.example/v2/x?y=z"));
    assertThat(Location.ofUpload(asked, "http://r.example/v2/x?y=z"))
        .contains(URI.create("https://r.example/v2/x?y=z"));
    assertThat(Location.ofUpload(asked, "file:///etc/passwd")).isEmpty();
    assertThat(Location.with(URI.create("https://a/b?c"), "d=e")).hasToString("https://a/b?c&d=e");
    assertThat(Location.with(URI.create("https://a/b"), "d=e")).hasToString("https://a/b?d=e");
  }

  @Test
  void thisMachineIsKnownByItsNames() {
    for (String name :
        List.of("localhost", "localhost:5000", "127.0.0.1", "127.9.9.9:1", "[::1]:5000")) {
      assertThat(new RegistryHost(name).loopback()).as(name).isTrue();
    }
    for (String name :
        List.of("localhost.evil.example", "127.evil.example", "10.0.0.1", "docker.io")) {
      assertThat(new RegistryHost(name).loopback()).as(name).isFalse();
    }
  }

  @Test
  void whatIsPrintedOfAnAddressHasNoSecrets() {
    assertThat(Printable.url(URI.create("https://me:hunter2@a.example:8/p/q?token=hunter2#x")))
        .isEqualTo("https://a.example:8/p/q");
  }

  @Test
  void aRegistryThatIsNoHostIsRefused() {
    for (String name : List.of("a..b", "r.example:99999", "-a.example")) {
      assertThatThrownBy(() -> new Registries(Quick.options()).repository(name, "app"))
          .as(name)
          .isInstanceOf(OcigcException.Unusable.class);
    }
  }
}
