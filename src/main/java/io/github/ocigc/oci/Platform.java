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

  /** The platform of the machine that we run on. */
  public static Platform ofThisMachine() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    return new Platform(
        os.startsWith("mac") ? "darwin" : os.startsWith("windows") ? "windows" : os,
        goArchitecture(System.getProperty("os.arch", "")),
        "");
  }

  /**
   * True if what is of the other platform is wanted by one who asks for this one: the same system
   * and architecture, under whichever of its names, and the same variant unless none is asked for.
   */
  public boolean accepts(Platform other) {
    return os.equals(other.os)
        && goArchitecture(architecture).equals(goArchitecture(other.architecture))
        && (variant.isEmpty() || variant.equals(other.variant));
  }

  /** KraftKit says x86_64 where Docker says amd64. */
  private static String goArchitecture(String name) {
    return switch (name) {
      case "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      case "i386", "x86" -> "386";
      default -> name;
    };
  }
}
