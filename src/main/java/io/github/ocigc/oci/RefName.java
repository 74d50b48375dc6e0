package io.github.ocigc.oci;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules about names of roots. */
public final class RefName {
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "[A-Za-z0-9]+((--|[-._:@+])[A-Za-z0-9]+)*(/[A-Za-z0-9]+((--|[-._:@+])[A-Za-z0-9]+)*)*");
  private static final Pattern FALLBACK =
      Pattern.compile("(sha256|sha512)-([0-9a-f]{64}|[0-9a-f]{128})(\\.[A-Za-z0-9._-]+)?");

  private RefName() {}

  /**
   * True for a name that we would write: the grammar of {@code org.opencontainers.image.ref.name}
   * (image-spec 1.1, annotations.md). Names that others wrote are read whatever they are.
   */
  public static boolean isWellFormed(String name) {
    return name.length() <= 255 && GRAMMAR.matcher(name).matches();
  }

  /**
   * The manifest that a fallback tag speaks of: {@code <algorithm>-<encoded>} (distribution-spec
   * 1.1, "Referrers Tag Schema") or cosign's and regclient's {@code
   * <algorithm>-<encoded>.<suffix>}. Empty for every other name.
   */
  public static Optional<Digest> fallbackSubject(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf(':')) + 1);
    Matcher matcher = FALLBACK.matcher(last);
    return matcher.matches() ? Digest.of(matcher.group(1), matcher.group(2)) : Optional.empty();
  }
}
