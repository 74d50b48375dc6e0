package io.github.ocigc.random;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ocigc.fixture.LayoutFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A layout in a few lines, for the message of a failure. */
final class Sketch {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Sketch() {}

  /** The names of {@code index.json}; an empty one for entries without. */
  static Set<String> names(Path root) {
    try {
      Set<String> names = new TreeSet<>();
      JSON.readTree(root.resolve("index.json").toFile())
          .path("manifests")
          .forEach(e -> names.add(e.path("annotations").path(LayoutFixture.NAME).asText()));
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** By index that has this name: its children that are for this architecture and no other. */
  static Map<String, Set<String>> childrenOnlyFor(Path root, String name, String architecture) {
    try {
      Map<String, Set<String>> found = new TreeMap<>();
      for (JsonNode entry : JSON.readTree(root.resolve("index.json").toFile()).path("manifests")) {
        String digest = entry.path("digest").asText();
        Path file = root.resolve("blobs").resolve(digest.replace(':', '/'));
        if (entry.path("annotations").path(LayoutFixture.NAME).asText().equals(name)
            && Files.exists(file)) {
          Set<String> only = new TreeSet<>();
          Set<String> others = new TreeSet<>();
          JSON.readTree(file.toFile())
              .path("manifests")
              .forEach(
                  child ->
                      (child.path("platform").path("architecture").asText().equals(architecture)
                              ? only
                              : others)
                          .add(child.path("digest").asText()));
          only.removeAll(others);
          found.put(digest, only);
        }
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The children that these documents name. */
  static Set<String> childrenOf(Path root, Set<String> documents) {
    try {
      Set<String> children = new TreeSet<>();
      for (String digest : documents) {
        String file = Files.readString(root.resolve("blobs").resolve(digest.replace(':', '/')));
        if (file.startsWith("{")) {
          JSON.readTree(file)
              .path("manifests")
              .forEach(child -> children.add(child.path("digest").asText()));
        }
      }
      return children;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String of(Path root) {
    try {
      StringBuilder text = new StringBuilder();
      for (JsonNode entry : JSON.readTree(root.resolve("index.json").toFile()).path("manifests")) {
        text.append("root ").append(shorter(entry)).append(' ');
        text.append(entry.path("annotations").path(LayoutFixture.NAME).asText("-")).append('\n');
      }
      for (String digest : LayoutFixture.blobs(root)) {
        String file = Files.readString(root.resolve("blobs").resolve(digest.replace(':', '/')));
        text.append(shorter(digest));
        if (file.startsWith("{")) {
          JsonNode document = JSON.readTree(file);
          if (document.has("subject")) {
            text.append(" subject ").append(shorter(document.path("subject")));
          }
          for (String field : new String[] {"manifests", "layers", "blobs"}) {
            document.path(field).forEach(d -> text.append(' ').append(shorter(d)));
          }
          if (document.path("config").has("digest")) {
            text.append(" config ").append(shorter(document.path("config")));
          }
        }
        text.append('\n');
      }
      return text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String shorter(JsonNode descriptor) {
    return shorter(descriptor.path("digest").asText());
  }

  private static String shorter(String digest) {
    return digest.substring(7, 13);
  }
}
