package io.github.ocigc.registry;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How each registry is spoken to: by https, unless the options say that all are plain. A registry
 * of this machine may be either; it is asked once, by http and without credentials. Safe for many
 * threads.
 */
final class Schemes {
  private static final int BAD_REQUEST = 400; // what a TLS server says to plain HTTP, if anything

  private final Wire wire;
  private final boolean plainHttp;
  private final Map<RegistryHost, String> decided = new ConcurrentHashMap<>();

  Schemes(Wire wire, boolean plainHttp) {
    this.wire = wire;
    this.plainHttp = plainHttp;
  }

  String of(RegistryHost host) {
    if (plainHttp) {
      return "http";
    }
    if (!host.loopback()) {
      return "https";
    }
    String known = decided.get(host);
    if (known != null) {
      return known;
    }
    synchronized (this) {
      String meanwhile = decided.get(host);
      return meanwhile != null ? meanwhile : probe(host);
    }
  }

  private String probe(RegistryHost host) {
    try {
      Optional<String> found = speaks(host, "http").or(() -> speaks(host, "https"));
      found.ifPresent(scheme -> decided.put(host, scheme));
      return found.orElse("http");
    } catch (Silent nobodyThere) {
      return "http"; // not remembered; whoever asked finds out what is wrong
    }
  }

  /** Nothing listens there at the moment, or the thread is to stop. */
  private static final class Silent extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private Optional<String> speaks(RegistryHost host, String scheme) {
    String doing = "Asking " + host.name() + " how it is spoken to";
    URI ping = URI.create(scheme + "://" + host.address() + "/v2/");
    try (Answer answer = wire.send(Call.get(doing, ping, Scopes.NONE), Optional.empty())) {
      boolean mistaken = scheme.equals("http") && answer.status() == BAD_REQUEST;
      return mistaken ? Optional.empty() : Optional.of(scheme);
    } catch (ConnectException e) {
      throw new Silent();
    } catch (IOException e) {
      return NetworkTrouble.aboutCertificates(e) ? Optional.of(scheme) : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Silent();
    }
  }
}
