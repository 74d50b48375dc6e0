package io.github.ocigc.store;

import io.github.ocigc.oci.Document;
import io.github.ocigc.oci.Form;
import io.github.ocigc.oci.Size;
import java.util.Optional;

/**
 * What the disk says of one digest.
 *
 * @param form what the file is
 * @param size of the file; zero where there is none
 * @param document what the bytes say, where {@code form} is DOCUMENT or MALFORMED
 */
public record BlobFacts(Form form, Size size, Optional<Document> document) {
  static final BlobFacts ABSENT = of(Form.ABSENT, Size.ZERO);

  static BlobFacts of(Form form, Size size) {
    return new BlobFacts(form, size, Optional.empty());
  }

  public boolean present() {
    return form != Form.ABSENT;
  }
}
