package io.github.ocigc.registry;

import io.github.ocigc.oci.OcigcException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The proxies of the environment: HTTPS_PROXY, HTTP_PROXY and NO_PROXY, or in lower case. This
 * machine is never reached by a proxy. Immutable.
 */
final class ProxyChoice extends ProxySelector {
  /** The JDK sends no password to a proxy that is to tunnel, unless this is set to nothing. */
  private static final String TUNNEL_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

  private final Optional<URI> forHttps;
  private final Optional<URI> forHttp;
  private final List<String> without;

  ProxyChoice(Map<String, String> environment) {
    this.forHttps = proxy(environment, "HTTPS_PROXY");
    this.forHttp = proxy(environment, "HTTP_PROXY");
    this.without =
        List.of(value(environment, "NO_PROXY").toLowerCase(Locale.ROOT).split("[,\\s]+", -1));
    if (forHttps.filter(uri -> uri.getUserInfo() != null).isPresent()
        && System.getProperty(TUNNEL_SCHEMES) == null) {
      System.setProperty(TUNNEL_SCHEMES, ""); // there is no way to say so for one client alone
    }
  }

  private static String value(Map<String, String> environment, String name) {
    String lower = environment.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    return lower.isEmpty() ? environment.getOrDefault(name, "") : lower;
  }

  private static Optional<URI> proxy(Map<String, String> environment, String name) {
    String text = value(environment, name).strip();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<URI> uri =
        Location.resolve(
            URI.create("http://none/"), text.contains("://") ? text : "http://" + text);
    if (uri.filter(u -> u.getScheme().equals("http")).isEmpty()) {
      throw new OcigcException.Unusable(
          "The proxy in " + name + " cannot be used; write http://host:port.");
    }
    return uri;
  }

  private Optional<URI> proxyOf(URI uri) {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    if (RegistryHost.isLoopback(host) || without.stream().anyMatch(rule -> matches(rule, uri))) {
      return Optional.empty();
    }
    return uri.getScheme().equals("https") ? forHttps : forHttp;
  }

  /** A rule is a domain, its subdomains included, with or without a dot or a port; or a star. */
  private static boolean matches(String rule, URI uri) {
    if (rule.isEmpty()) {
      return false;
    }
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    int colon = rule.startsWith("[") ? -1 : rule.lastIndexOf(':');
    String domain = colon < 0 ? rule : rule.substring(0, colon);
    if (colon >= 0 && !rule.substring(colon + 1).equals(String.valueOf(Origin.of(uri).port()))) {
      return false;
    }
    String bare =
        domain.startsWith("*.")
            ? domain.substring(2)
            : domain.startsWith(".") ? domain.substring(1) : domain;
    return bare.equals("*") || host.equals(bare) || host.endsWith("." + bare);
  }

  @Override
  public List<Proxy> select(@Nullable URI uri) {
    Optional<URI> proxy = uri == null ? Optional.empty() : proxyOf(uri);
    return List.of(proxy.map(p -> new Proxy(Proxy.Type.HTTP, address(p))).orElse(Proxy.NO_PROXY));
  }

  private static InetSocketAddress address(URI proxy) {
    return InetSocketAddress.createUnresolved(
        proxy.getHost(), proxy.getPort() < 0 ? 80 : proxy.getPort());
  }

  /** What the proxy of an address is to be told, and only it: the JDK keeps it from the server. */
  Optional<String> authorization(URI uri) {
    return proxyOf(uri)
        .flatMap(proxy -> Optional.ofNullable(proxy.getRawUserInfo()))
        .map(
            info -> {
              int colon = info.indexOf(':');
              String user = colon < 0 ? info : info.substring(0, colon);
              String password = colon < 0 ? "" : info.substring(colon + 1);
              return new Credential.Login(decoded(user), decoded(password)).basic();
            });
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public void connectFailed(
      @Nullable URI uri, @Nullable SocketAddress address, @Nullable IOException e) {
    // the request fails and says so
  }
}
