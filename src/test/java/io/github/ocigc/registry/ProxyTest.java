package io.github.ocigc.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ocigc.fixture.FakeRegistry;
import io.github.ocigc.fixture.RegistryRequest;
import io.github.ocigc.oci.OcigcException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProxyTest {
  private static final URI HTTPS = URI.create("https://r.example/v2/");
  private static final URI HTTP = URI.create("http://r.example/v2/");

  private static String proxy(Map<String, String> environment, URI uri) {
    Proxy proxy = new ProxyChoice(environment).select(uri).get(0);
    return proxy.address() == null ? "direct" : String.valueOf(proxy.address());
  }

  @Test
  void eachSchemeHasItsProxyInUpperOrLowerCase() {
    Map<String, String> both = Map.of("HTTPS_PROXY", "http://p1:8080", "http_proxy", "p2:8081");
    assertThat(proxy(both, HTTPS)).startsWith("p1").endsWith(":8080");
    assertThat(proxy(both, HTTP)).startsWith("p2").endsWith(":8081");
    assertThat(proxy(Map.of(), HTTPS)).isEqualTo("direct");
  }

  @Test
  void whatNoProxyNamesIsReachedDirectly() {
    for (String rule :
        List.of(
            "r.example", ".example", "example", "*.example", "*", "x, r.example:443", "EXAMPLE")) {
      assertThat(proxy(Map.of("HTTPS_PROXY", "p:1", "NO_PROXY", rule), HTTPS))
          .as(rule)
          .isEqualTo("direct");
    }
    for (String rule : List.of("ample", "r.example:80", "other.example", "", "[::1]")) {
      assertThat(proxy(Map.of("HTTPS_PROXY", "p:1", "no_proxy", rule), HTTPS))
          .as(rule)
          .startsWith("p");
    }
  }

  @Test
  void thisMachineIsNeverReachedByAProxy() {
    assertThat(proxy(Map.of("HTTP_PROXY", "p:1"), URI.create("http://localhost:5000/")))
        .isEqualTo("direct");
    assertThat(proxy(Map.of("HTTPS_PROXY", "p:1"), URI.create("https://[::1]/")))
        .isEqualTo("direct");
  }

  @Test
  void aProxyThatIsNoneIsSaidWithoutItsPassword() {
    assertThatThrownBy(() -> new ProxyChoice(Map.of("HTTPS_PROXY", "socks5://me:hunter2@p:1")))
        .isInstanceOf(OcigcException.Unusable.class)
        .hasMessageContaining("HTTPS_PROXY")
        .message()
        .doesNotContain("hunter2");
  }

  @Test
  void theProxyGetsItsPasswordAndNobodyElseDoes() {
    try (FakeRegistry proxy = FakeRegistry.start()) {
      proxy.content().addManifest("app", "v1", "application/json", new byte[] {'{', '}'});
      Map<String, String> environment =
          Map.of("http_proxy", "http://me:hunter%402@" + proxy.name());
      new Registries(Quick.options(environment).withPlainHttp())
          .repository("r.example", "app")
          .manifest("v1");
      RegistryRequest seen = proxy.requests().get(0);
      assertThat(seen.header("Host")).contains("r.example");
      assertThat(seen.header("Proxy-Authorization"))
          .contains(new Credential.Login("me", "hunter@2").basic());
      new Registries(Quick.options(environment).withPlainHttp())
          .repository(proxy.name(), "app")
          .manifest("v1");
      assertThat(proxy.requests().get(1).header("Proxy-Authorization")).isEmpty();
    }
  }

  @Test
  void aProxyThatWantsAPasswordIsSaidToWantOne() throws Exception {
    try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread answering =
          new Thread(
              () -> {
                try (Socket socket = proxy.accept()) {
                  socket.getInputStream().read();
                  String answer =
                      "HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"p\"\r\n"
                          + "Content-Length: 0\r\n\r\n";
                  socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                  socket.getInputStream().readAllBytes();
                } catch (IOException over) {
                  return;
                }
              });
      answering.setDaemon(true);
      answering.start();
      Map<String, String> environment = Map.of("HTTPS_PROXY", "127.0.0.1:" + proxy.getLocalPort());
      assertThatThrownBy(
              () ->
                  new Registries(Quick.options(environment))
                      .repository("r.example", "app")
                      .manifest("v1"))
          .isInstanceOf(OcigcException.RegistryFailed.class)
          .hasMessageContaining("407")
          .hasMessageContaining("HTTPS_PROXY");
    }
  }
}
