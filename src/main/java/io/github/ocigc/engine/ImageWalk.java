package io.github.ocigc.engine;

import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.Document;
import io.github.ocigc.oci.Link;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.oci.Role;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * From a root down: reads every manifest and index that is wanted, and notes the blobs they name.
 * Links are found in the JSON by its structure, whatever the media types say.
 */
final class ImageWalk {
  /** A registry's own limit for one manifest is 4 MiB; this bounds what hostile ones add up to. */
  private static final long LONGEST_TOGETHER_BYTES = 64L << 20;

  /** Where manifests are read from. */
  interface Documents {
    /** The true bytes; empty if there is no such manifest there. */
    Optional<byte[]> document(Descriptor descriptor);
  }

  private final Documents documents;
  private final PlatformChoice choice;
  private final boolean sparse;
  private final Image image = new Image();
  private final TreeSet<String> seenPlatforms = new TreeSet<>();
  private long bytes;

  /** {@code sparse}: what an index names may be missing. */
  ImageWalk(Documents documents, PlatformChoice choice, boolean sparse) {
    this.documents = documents;
    this.choice = choice;
    this.sparse = sparse;
  }

  /** What the walks have found. */
  Image image() {
    return image;
  }

  /**
   * Walks from a root.
   *
   * @throws OcigcException.NotFound if it has none of the platforms, or lacks a manifest
   * @throws OcigcException.Damaged if a manifest cannot be understood
   */
  void from(Descriptor root) {
    boolean any = walk(root, choice);
    if (!any) {
      throw new OcigcException.NotFound(
          root.digest()
              + " is an index without "
              + String.join(", ", choice.platforms().stream().map(Object::toString).toList())
              + ". It has: "
              + (seenPlatforms.isEmpty() ? "no platforms" : String.join(", ", seenPlatforms))
              + ". Choose with --platform, or take --all-platforms.");
    }
  }

  /** As {@link #from}, with everything below, whatever its platform. */
  void whole(Descriptor root) {
    walk(root, PlatformChoice.ALL);
  }

  private boolean walk(Descriptor root, PlatformChoice platforms) {
    boolean any = false;
    Deque<Descriptor> next = new ArrayDeque<>(List.of(root));
    while (!next.isEmpty()) {
      Descriptor descriptor = next.remove();
      if (!image.hasDocument(descriptor.digest())) {
        Optional<Document> found = read(descriptor, descriptor.equals(root));
        if (found.isEmpty()) {
          continue;
        }
        Document document = found.get();
        List<Link> children =
            document.links().stream().filter(link -> link.role() == Role.CHILD).toList();
        for (Link child : wanted(children, platforms)) {
          next.add(new Descriptor(child.mediaType(), child.digest(), child.sizeBytes()));
        }
        any |= children.isEmpty();
        addBlobs(document);
      } else {
        any = true;
      }
    }
    return any || platforms.all();
  }

  private Optional<Document> read(Descriptor descriptor, boolean root) {
    Optional<byte[]> there = documents.document(descriptor);
    if (there.isEmpty()) {
      if (sparse && !root) {
        return Optional.empty();
      }
      throw new OcigcException.NotFound(
          (root ? "The manifest " : "A manifest that an index names, ")
              + descriptor.digest()
              + ", is not where the image is to come from.");
    }
    byte[] document = there.get();
    bytes += document.length;
    if (bytes > LONGEST_TOGETHER_BYTES) {
      throw new OcigcException.Damaged(
          "The manifests below " + descriptor.digest() + " are longer than 64 MiB together.");
    }
    Document read =
        Document.read(document, Document.Dialect.OCI)
            .orElseThrow(
                () ->
                    new OcigcException.Damaged(
                        descriptor.digest()
                            + " is named as a manifest and is not one complete JSON object."));
    if (!read.problems().isEmpty()) {
      throw new OcigcException.Damaged(
          descriptor.digest() + ": " + String.join("; ", read.problems()));
    }
    image.addDocument(
        new Image.Part(
            new Descriptor(descriptor.mediaType(), descriptor.digest(), document.length),
            document));
    return Optional.of(read);
  }

  /** Without platforms to choose by, all; an index below an index is asked in its turn. */
  private List<Link> wanted(List<Link> children, PlatformChoice platforms) {
    children.stream()
        .map(Link::platform)
        .filter(platform -> !platform.isEmpty())
        .forEach(seenPlatforms::add);
    if (platforms.all() || children.stream().allMatch(child -> child.platform().isEmpty())) {
      return children;
    }
    List<Link> wanted = new ArrayList<>();
    for (Link child : children) {
      boolean index = child.platform().isEmpty() && MediaType.isIndex(child.mediaType());
      if (index || platforms.accepts(child.platform())) {
        wanted.add(child);
      }
    }
    return wanted;
  }

  private void addBlobs(Document document) {
    for (Link link : document.links()) {
      if (link.role() != Role.CHILD) {
        image.addBlob(
            new Descriptor(link.mediaType(), link.digest(), link.sizeBytes()), needed(link));
      }
    }
  }

  /** Some layers may not be given away, and lie elsewhere; other descriptors may point anywhere. */
  private static boolean needed(Link link) {
    return link.role() != Role.OTHER && !mayBeElsewhere(link.mediaType());
  }

  /** True for layers that registries may not have (image-spec 1.1, layer.md). */
  static boolean mayBeElsewhere(String mediaType) {
    return mediaType.contains("nondistributable") || mediaType.contains("foreign");
  }
}
