package io.github.ocigc.registry;

import io.github.ocigc.oci.OcigcException;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * Delivers a request to where it is redirected (RFC 9110, 15.4). Authorization goes to the scheme,
 * host and port that it is meant for and never to another; from https nothing leads to http.
 */
final class Courier {
  private static final int MOST_REDIRECTS = 5;

  private final Wire wire;
  private final boolean plainHttp;

  Courier(Wire wire, boolean plainHttp) {
    this.wire = wire;
    this.plainHttp = plainHttp;
  }

  /** The answer, whatever its status, of the last in the chain. To be closed. */
  Answer deliver(Call call, Optional<String> authorization) throws TransientFailure {
    Origin meant = Origin.of(call.uri());
    Call next = call;
    for (int followed = 0; followed <= MOST_REDIRECTS; followed++) {
      boolean home = Origin.of(next.uri()).equals(meant);
      Answer answer = once(next, home ? authorization : Optional.empty());
      Optional<URI> elsewhere = redirection(next, answer);
      if (elsewhere.isEmpty()) {
        return answer;
      }
      answer.close();
      next = next.to(elsewhere.get());
    }
    throw new OcigcException.RegistryFailed(
        call.doing()
            + " failed: it was redirected more than "
            + MOST_REDIRECTS
            + " times, the last time to "
            + Printable.authority(next.uri())
            + ". Something between here and the registry is set up in a circle.");
  }

  private Answer once(Call call, Optional<String> authorization) throws TransientFailure {
    try {
      return wire.send(call, authorization);
    } catch (IOException e) {
      call.payload().check();
      throw NetworkTrouble.of(call.doing(), call.uri(), e);
    } catch (InterruptedException e) {
      throw Interruption.of(call.doing());
    }
  }

  private Optional<URI> redirection(Call call, Answer answer) {
    boolean follows =
        switch (answer.status()) {
          case 301, 302, 303 -> call.method().equals("GET") || call.method().equals("HEAD");
          case 307, 308 -> true;
          default -> false;
        };
    Optional<String> location = answer.header("Location");
    if (!follows || location.isEmpty()) {
      return Optional.empty();
    }
    Optional<URI> to = Location.resolve(call.uri(), location.get());
    if (to.isEmpty() || downgrades(call.uri(), to.get())) {
      answer.close();
      throw new OcigcException.RegistryFailed(
          call.doing()
              + " failed: "
              + Printable.authority(call.uri())
              + " redirects it to "
              + to.map(uri -> Printable.authority(uri) + " without encryption").orElse("nowhere")
              + ", which is not followed.");
    }
    return to;
  }

  private boolean downgrades(URI from, URI to) {
    return !plainHttp && Origin.of(from).encrypted() && !Origin.of(to).encrypted();
  }
}
