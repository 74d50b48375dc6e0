package io.github.ocigc.oci;

import java.util.Locale;

/**
 * The platform of an index's child (OCI image-spec 1.1, image-index.md), for example {@code
 * linux/arm/v7} or KraftKit's {@code qemu/x86_64}. An empty variant means none.
 */
public record Platform(String os, String architecture, String variant) {
  /** Reads {@code os/architecture[/variant]}; throws IllegalArgumentException for other shapes. */
  public static Platform parse(String text) {
    String[] parts = text.strip().toLowerCase(Locale.ROOT).split("/", -1);
    if (parts.length < 2 || parts.length > 3 || parts[0].isEmpty() || parts[1].isEmpty()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a platform; write os/architecture, for example linux/amd64");
    }
    return new Platform(parts[0], parts[1], parts.length == 3 ? parts[2] : "");
  }

  @Override
  public String toString() {
    return os + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant);
  }
}
