package io.github.ocigc.engine;

import io.github.ocigc.ledger.Content;
import io.github.ocigc.ledger.LedgerRoot;
import io.github.ocigc.ledger.LedgerView;
import java.util.List;

/** What those who name a content call it. */
final class MediaType {
  private MediaType() {}

  /** As a root says, else as a holder says, else an image manifest. */
  static String of(LedgerView view, Content content) {
    return view.rootsOf(content).stream()
        .map(LedgerRoot::mediaType)
        .filter(type -> !type.isEmpty())
        .findFirst()
        .or(
            () ->
                view.above(List.of(content.id())).stream()
                    .flatMap(above -> view.below(List.of(above.holder().id())).stream())
                    .filter(below -> below.content().id() == content.id())
                    .map(LedgerView.Below::mediaType)
                    .filter(type -> !type.isEmpty())
                    .findFirst())
        .orElse("application/vnd.oci.image.manifest.v1+json");
  }
}
