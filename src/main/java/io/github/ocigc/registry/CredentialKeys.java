package io.github.ocigc.registry;

import java.util.ArrayList;
import java.util.List;

/** The keys under which a file may keep the credentials of a repository. */
final class CredentialKeys {
  private static final List<String> API_PATHS = List.of("/v1", "/v2");

  private CredentialKeys() {}

  /**
   * The most specific first: registry and the whole repository, then one path element less each
   * time, then the registry alone (containers-auth.json(5)); for docker's hub under all its names.
   */
  static List<String> of(RegistryHost registry, String repository) {
    List<String> keys = new ArrayList<>();
    String path = "/" + repository;
    while (!path.isEmpty()) {
      for (String alias : registry.aliases()) {
        keys.add(alias + path);
      }
      path = path.substring(0, path.lastIndexOf('/'));
    }
    keys.addAll(registry.aliases());
    return keys;
  }

  /** A file's key without what older tools put around it: https://index.docker.io/v1/. */
  static String plain(String key) {
    int scheme = key.indexOf("://");
    String plain = scheme < 0 ? key : key.substring(scheme + 3);
    while (plain.endsWith("/")) {
      plain = plain.substring(0, plain.length() - 1);
    }
    for (String api : API_PATHS) {
      if (plain.endsWith(api)) {
        plain = plain.substring(0, plain.length() - api.length());
      }
    }
    return plain;
  }
}
