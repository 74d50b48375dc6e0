package io.github.ocigc.registry;

import io.github.ocigc.oci.OcigcException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whose certificates one client believes. */
final class Trust {
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", Pattern.DOTALL);

  private Trust() {}

  /** Empty if it is the JDK's own choice. */
  static Optional<SSLContext> context(RegistryOptions options) {
    if (options.insecure()) {
      return Optional.of(context(new TrustManager[] {new Everybody()}));
    }
    return options.caFile().map(file -> context(trusting(certificates(file))));
  }

  private static SSLContext context(TrustManager[] managers) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no TLS", e);
    }
  }

  private static TrustManager[] trusting(List<Certificate> more) {
    try {
      KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
      all.load(null, null);
      for (TrustManager usual : managers(null)) {
        if (usual instanceof X509TrustManager x509) {
          add(all, "jdk-", List.of(x509.getAcceptedIssuers()));
        }
      }
      add(all, "file-", more);
      return managers(all);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("This Java's own certificates cannot be read", e);
    }
  }

  private static TrustManager[] managers(@Nullable KeyStore anchors)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(anchors);
    return factory.getTrustManagers();
  }

  private static void add(KeyStore to, String prefix, List<? extends Certificate> certificates)
      throws GeneralSecurityException {
    for (int i = 0; i < certificates.size(); i++) {
      to.setCertificateEntry(prefix + i, certificates.get(i));
    }
  }

  private static List<Certificate> certificates(Path file) {
    List<Certificate> found = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      Matcher blocks = PEM.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
      while (blocks.find()) {
        byte[] block = blocks.group().getBytes(StandardCharsets.ISO_8859_1);
        found.add(factory.generateCertificate(new ByteArrayInputStream(block)));
      }
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(file, "it cannot be read (" + e.getClass().getSimpleName() + ")");
    }
    if (found.isEmpty()) {
      throw unusable(file, "there is no certificate in it");
    }
    return found;
  }

  private static OcigcException unusable(Path file, String found) {
    return new OcigcException.Unusable(
        "The file of certificates " + file + " cannot be used: " + found + ". It has to be PEM.");
  }

  /** Believes every certificate, of whatever host: an extended one also decides about names. */
  private static final class Everybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
