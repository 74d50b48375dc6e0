package io.github.ocigc.registry;

import io.github.ocigc.oci.OcigcException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A registry by the name that people use.
 *
 * @param name host and, if any, port
 */
record RegistryHost(String name) {
  /** What docker's hub is known by, the name it is asked for first. */
  private static final List<String> HUB =
      List.of("docker.io", "index.docker.io", "registry-1.docker.io");

  private static final int HIGHEST_PORT = 65_535;
  private static final String HUB_ADDRESS = "registry-1.docker.io";
  private static final String HUB_HELPER_KEY = "https://index.docker.io/v1/";
  private static final Pattern LOOPBACK_4 = Pattern.compile("127(\\.[0-9]{1,3}){3}");

  /** Throws Unusable for a name that looks like one and is none, {@code a..b:99999}. */
  static RegistryHost parse(String name) {
    RegistryHost host = new RegistryHost(name);
    try {
      URI uri = URI.create("https://" + host.address() + "/");
      if (uri.getHost() != null && uri.getPort() <= HIGHEST_PORT) {
        return host;
      }
    } catch (IllegalArgumentException noAddress) {
      // said below
    }
    throw new OcigcException.Unusable(
        "'" + Printable.text(name) + "' is not the name of a host. Write host or host:port.");
  }

  /** Where it is reached. */
  String address() {
    return isHub() ? HUB_ADDRESS : name;
  }

  private boolean isHub() {
    return HUB.contains(name);
  }

  /** Every name under which its credentials may be kept. */
  List<String> aliases() {
    return isHub() ? HUB : List.of(name);
  }

  /** What a credential helper is asked for. */
  String helperKey() {
    return isHub() ? HUB_HELPER_KEY : name;
  }

  boolean loopback() {
    int colon = name.lastIndexOf(':');
    boolean port = colon > name.lastIndexOf(']');
    return isLoopback(port ? name.substring(0, colon) : name);
  }

  /** Judged by the text alone; nothing is looked up. */
  static boolean isLoopback(String host) {
    String plain = host.toLowerCase(Locale.ROOT);
    return plain.equals("localhost")
        || plain.equals("[::1]")
        || plain.equals("::1")
        || LOOPBACK_4.matcher(plain).matches();
  }
}
