package io.github.ocigc.store;

import io.github.ocigc.oci.Document;
import io.github.ocigc.oci.Form;
import java.util.Optional;

/**
 * What the disk says of one digest.
 *
 * @param form what the file is
 * @param sizeBytes the file's length; 0 where there is no file
 * @param document what the bytes say, where {@code form} is DOCUMENT or MALFORMED
 */
public record BlobFacts(Form form, long sizeBytes, Optional<Document> document) {
  static final BlobFacts ABSENT = new BlobFacts(Form.ABSENT, 0, Optional.empty());

  static BlobFacts of(Form form, long sizeBytes) {
    return new BlobFacts(form, sizeBytes, Optional.empty());
  }

  public boolean present() {
    return form != Form.ABSENT;
  }
}
