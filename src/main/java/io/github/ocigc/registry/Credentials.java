package io.github.ocigc.registry;

import io.github.ocigc.oci.OcigcException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Finds the credentials of a repository. Files are read once, when the first are wanted; an answer
 * is kept. Safe for many threads.
 */
final class Credentials {
  private final RegistryOptions options;
  private final Map<Account, Found> known = new ConcurrentHashMap<>();
  private final Object reading = new Object();
  private List<Source> sources = List.of();
  private boolean read;

  private record Account(RegistryHost registry, String repository) {}

  private record Source(Path file, Optional<AuthFile> content) {}

  /**
   * @param from where it is from, or where it was looked for: part of a sentence
   */
  record Found(Optional<Credential> credential, String from) {}

  Credentials(RegistryOptions options) {
    this.options = options;
  }

  Found find(RegistryHost registry, String repository) {
    return known.computeIfAbsent(new Account(registry, repository), this::search);
  }

  private Found search(Account account) {
    List<Source> all = sources();
    for (Source source : all) {
      Optional<Credential> found = source.content().flatMap(file -> in(file, account));
      if (found.isPresent()) {
        return new Found(found, "The credentials are from " + source.file());
      }
    }
    String looked =
        all.isEmpty()
            ? "There is no file of credentials to look into"
            : "There are no credentials for "
                + account.registry().name()
                + " in "
                + all.stream().map(s -> s.file().toString()).collect(Collectors.joining(", "));
    return new Found(Optional.empty(), looked);
  }

  private Optional<Credential> in(AuthFile file, Account account) {
    List<String> keys = CredentialKeys.of(account.registry(), account.repository());
    for (String key : keys) {
      Optional<Credential> found =
          file.helper(key).flatMap(name -> ask(name, account)).or(() -> file.credential(key));
      if (found.isPresent()) {
        return found;
      }
    }
    return file.store().flatMap(name -> ask(name, account));
  }

  private Optional<Credential> ask(String helper, Account account) {
    return new CredentialProgram(helper, options.environment(), options.notes())
        .get(account.registry().helperKey());
  }

  private List<Source> sources() {
    synchronized (reading) {
      if (!read) {
        sources = readAll();
        read = true;
      }
      return sources;
    }
  }

  private List<Source> readAll() {
    Optional<Path> named = AuthFileOrder.named(options);
    if (named.isPresent()) {
      Optional<AuthFile> file = AuthFile.read(named.get());
      if (file.isEmpty() && options.authFile().isPresent()) {
        throw new OcigcException.Unusable(
            "The credentials file "
                + named.get()
                + " is not there. Name another, or leave the option out.");
      }
      return List.of(new Source(named.get(), file));
    }
    List<Source> found = new ArrayList<>();
    for (Path file : AuthFileOrder.usual(options.environment())) {
      found.add(new Source(file, AuthFile.read(file)));
    }
    return found;
  }
}
