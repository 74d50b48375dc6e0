package io.github.ocigc.registry;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.OcigcException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a manifest is asked for by: a tag or a digest (distribution-spec 1.1, "Pulling manifests").
 *
 * @param text as it stands in the address
 */
record Target(String text, Optional<Digest> digest) {
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

  /** Throws Unusable for what is neither. */
  static Target parse(String text) {
    Optional<Digest> digest = Digest.parse(text);
    if (digest.isEmpty() && !TAG.matcher(text).matches()) {
      throw new OcigcException.Unusable(
          "'"
              + Printable.text(text)
              + "' is neither a tag nor a digest; write a name like v1.2, or sha256: and 64 hex"
              + " digits.");
    }
    return new Target(text, digest);
  }

  static Target of(Digest digest) {
    return new Target(digest.toString(), Optional.of(digest));
  }

  @Override
  public String toString() {
    return text;
  }
}
