package io.github.ocigc.archive;

import java.nio.file.Path;
import java.util.Locale;

/** What {@link ImageTarget} can write. */
public enum Format {
  OCI_FOLDER,
  OCI_TAR,
  OCI_TAR_GZ;

  /** By the name: {@code .tar}, {@code .tar.gz} or {@code .tgz}; anything else is a folder. */
  public static Format of(Path path) {
    String name = path.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".tar")) {
      return OCI_TAR;
    }
    return name.endsWith(".tar.gz") || name.endsWith(".tgz") ? OCI_TAR_GZ : OCI_FOLDER;
  }
}
