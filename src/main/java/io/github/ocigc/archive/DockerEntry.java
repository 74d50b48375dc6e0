package io.github.ocigc.archive;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One image in the {@code manifest.json} of {@code docker save}: where its parts stand in the
 * archive, and what it is called.
 */
record DockerEntry(String config, List<String> layers, List<String> names) {
  DockerEntry {
    layers = List.copyOf(layers);
    names = List.copyOf(names);
  }

  static List<DockerEntry> read(String shown, byte[] bytes) {
    try {
      JsonNode list = Json.MAPPER.readTree(bytes);
      if (!list.isArray()) {
        throw new IOException("it is not an array");
      }
      List<DockerEntry> entries = new ArrayList<>();
      for (JsonNode entry : list) {
        if (!entry.path("Config").isTextual()) {
          throw new IOException("an entry has no Config");
        }
        entries.add(
            new DockerEntry(
                entry.path("Config").asText(),
                texts(entry.path("Layers")),
                texts(entry.path("RepoTags"))));
      }
      return entries;
    } catch (IOException e) {
      throw Trouble.damaged(
          shown, "its manifest.json says what it holds, and cannot be read: " + Trouble.reason(e));
    }
  }

  private static List<String> texts(JsonNode array) throws IOException {
    List<String> texts = new ArrayList<>();
    for (JsonNode text : array) {
      if (!text.isTextual()) {
        throw new IOException("an entry has something that is no text where a name belongs");
      }
      texts.add(text.asText());
    }
    return texts;
  }
}
