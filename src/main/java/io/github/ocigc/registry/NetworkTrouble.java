package io.github.ocigc.registry;

import io.github.ocigc.oci.OcigcException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Tells what a broken connection means: something for a person to put right, or something that may
 * pass. The causes are not passed on; they may quote what nobody is to read.
 */
final class NetworkTrouble {
  private NetworkTrouble() {}

  /** Throws RegistryFailed for what will not pass by itself, and answers the rest. */
  static TransientFailure of(String doing, URI uri, IOException trouble) {
    String host = Printable.authority(uri);
    List<Throwable> chain = chain(trouble);
    Optional<String> lasting = lasting(host, chain);
    if (lasting.isPresent()) {
      throw new OcigcException.RegistryFailed(doing + " failed: " + lasting.get());
    }
    if (any(chain, HttpTimeoutException.class)) {
      return new TransientFailure(host + " went silent: " + message(trouble));
    }
    if (any(chain, ConnectException.class)) {
      return new TransientFailure("no connection to " + host + " could be made (refused)");
    }
    return new TransientFailure("the connection to " + host + " broke off: " + message(trouble));
  }

  private static Optional<String> lasting(String host, List<Throwable> chain) {
    if (any(chain, UnknownHostException.class) || any(chain, UnresolvedAddressException.class)) {
      return Optional.of(
          "there is no host " + host + ". Check the registry's name and the network.");
    }
    if (aboutCertificates(chain)) {
      return Optional.of(
          "the certificate of "
              + host
              + " is not trusted ("
              + message(chain.get(chain.size() - 1))
              + "). Name the certificate of whoever issued it with --ca-file, or go without the"
              + " check with --insecure.");
    }
    if (chain.stream().anyMatch(t -> message(t).contains("Tunnel failed, got: 407"))) {
      return Optional.of(
          "the proxy wants a user and a password. Write them into HTTPS_PROXY, as in"
              + " http://user:password@host:port.");
    }
    if (speaksNoTls(chain)) {
      return Optional.of(
          host
              + " does not speak TLS. If it is meant to be reached by plain HTTP, use --plain-http.");
    }
    return Optional.empty();
  }

  static boolean aboutCertificates(Throwable trouble) {
    return aboutCertificates(chain(trouble));
  }

  private static boolean aboutCertificates(List<Throwable> chain) {
    return any(chain, CertificateException.class)
        || any(chain, CertPathValidatorException.class)
        || any(chain, CertPathBuilderException.class);
  }

  private static boolean speaksNoTls(List<Throwable> chain) {
    return chain.stream()
        .anyMatch(t -> t instanceof SSLException && message(t).contains("SSL message"));
  }

  private static boolean any(List<Throwable> chain, Class<? extends Throwable> kind) {
    return chain.stream().anyMatch(kind::isInstance);
  }

  private static List<Throwable> chain(Throwable top) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable t = top; t != null && !chain.contains(t); t = t.getCause()) {
      chain.add(t);
    }
    return chain;
  }

  private static String message(Throwable trouble) {
    String text = trouble.getMessage();
    return Printable.text(text == null ? trouble.getClass().getSimpleName() : text);
  }
}
