package io.github.ocigc.archive;

import io.github.ocigc.oci.Digest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A tar of an image layout (image-spec 1.1, image-layout.md), as skopeo, podman, BuildKit and
 * docker from version 25 on write it.
 */
final class OciArchive {
  static final String INDEX = "index.json";

  private OciArchive() {}

  static ImageSource of(TarContents contents, Runnable atClose) {
    String shown = contents.file().shown();
    TarEntry index = contents.only(INDEX).orElseThrow();
    if (index.kind() != TarEntry.Kind.FILE) {
      throw Trouble.damaged(shown, "its index.json is " + index.kind().words());
    }
    Map<Digest, Extent> blobs = new LinkedHashMap<>();
    for (TarEntry entry : contents.entries().values()) {
      Optional<Digest> digest = BlobPath.parse(entry.name());
      if (digest.isPresent()) {
        if (entry.kind() != TarEntry.Kind.FILE) {
          throw Trouble.damaged(
              shown,
              "its blob " + entry.name() + " is " + entry.kind().words() + " and not a file");
        }
        blobs.put(digest.get(), Extent.of(entry));
      }
    }
    return new TarSource(
        contents,
        IndexEntries.read(shown, contents.document(INDEX, Extent.of(index))),
        blobs,
        Map.of(),
        atClose);
  }
}
