package io.github.ocigc.registry;

import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.OcigcException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lists what names a manifest as its subject (distribution-spec 1.1, "Listing Referrers"), page by
 * page; by the fallback tag where the registry does not know the request.
 */
final class ReferrersList {
  private final Line line;
  private final FallbackTag fallback;

  ReferrersList(Line line, FallbackTag fallback) {
    this.line = line;
    this.fallback = fallback;
  }

  /** Each once, in the registry's order. */
  List<Descriptor> of(Digest subject) {
    String doing = "Listing the referrers of " + subject + " in " + line.place();
    List<Descriptor> found = new ArrayList<>();
    Set<URI> asked = new HashSet<>();
    Optional<URI> page = Optional.of(line.uri("referrers/" + subject));
    while (page.isPresent()) {
      if (!asked.add(page.get())) {
        throw new OcigcException.RegistryFailed(
            doing + " failed: the pages of the list lead in a circle. Tell who runs the registry.");
      }
      Call call =
          Call.get(doing, page.get(), line.pulling()).with("Accept", ReferrersIndex.MEDIA_TYPE);
      Optional<Page> read = line.attempts(doing).until(() -> page(call, asked.size() == 1));
      if (read.isEmpty()) {
        return fallback.find(subject).map(ReferrersIndex::descriptors).orElse(List.of());
      }
      found.addAll(read.get().descriptors());
      page = read.get().next();
    }
    return found.stream().distinct().toList();
  }

  private record Page(List<Descriptor> descriptors, Optional<URI> next) {}

  /** Empty if the registry does not know such lists. */
  private Optional<Page> page(Call call, boolean first) throws TransientFailure {
    try (Answer answer = line.once(call)) {
      switch (answer.status()) {
        case 200 -> {
          Optional<Page> page =
              ReferrersIndex.read(answer.body().upTo(ManifestGet.LIMIT))
                  .map(index -> new Page(index.descriptors(), next(answer)));
          if (page.isEmpty() && !first) {
            throw new OcigcException.RegistryFailed(
                call.doing() + " failed: a page of the list is no index. Try again later.");
          }
          return page;
        }
        case 400, 404, 405, 501 -> {
          return Optional.empty();
        }
        default -> throw line.refused(call, answer);
      }
    } catch (IOException e) {
      throw NetworkTrouble.of(call.doing(), call.uri(), e);
    } catch (InterruptedException e) {
      throw Interruption.of(call.doing());
    }
  }

  private static Optional<URI> next(Answer answer) {
    return answer.headers("Link").stream()
        .flatMap(header -> LinkHeader.next(header).stream())
        .findFirst()
        .flatMap(text -> Location.resolve(answer.uri(), text));
  }
}
