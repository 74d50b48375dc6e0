package io.github.ocigc.archive;

import java.util.Optional;

/**
 * Follows the paths of a docker archive to files in it. docker save and skopeo write a layer that
 * two images share once, and a link to it for the second.
 */
final class DockerPaths {
  private static final int MOST_LINKS = 16;

  private final TarContents contents;

  DockerPaths(TarContents contents) {
    this.contents = contents;
  }

  /** The file that a path of {@code manifest.json} means. */
  TarEntry file(String path) {
    Optional<String> name = EntryName.normal(path);
    for (int links = 0; links <= MOST_LINKS; links++) {
      TarEntry entry = name.flatMap(contents::only).orElse(null);
      if (name.isEmpty()) {
        throw damaged(path, "leads out of the archive");
      }
      if (entry == null) {
        throw damaged(path, "is not in the archive");
      }
      switch (entry.kind()) {
        case FILE -> {
          return entry;
        }
        case SYMBOLIC_LINK -> name = EntryName.linked(entry.name(), entry.link());
        case HARD_LINK -> name = EntryName.normal(entry.link());
        case FOLDER, OTHER -> throw damaged(path, "is " + entry.kind().words());
      }
    }
    throw damaged(path, "is a link that leads from link to link");
  }

  private RuntimeException damaged(String path, String why) {
    return Trouble.damaged(
        contents.file().shown(), Trouble.quoted(path) + ", which its manifest.json names, " + why);
  }
}
