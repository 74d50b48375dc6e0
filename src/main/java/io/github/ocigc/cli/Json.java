package io.github.ocigc.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ocigc.oci.Finding;
import java.util.List;

/** JSON for scripts: one document on one line, in ASCII. */
final class Json {
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder().configure(JsonWriteFeature.ESCAPE_NON_ASCII, true).build());

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  static ArrayNode strings(List<String> texts) {
    ArrayNode array = array();
    texts.forEach(array::add);
    return array;
  }

  static ArrayNode findings(List<Finding> findings) {
    ArrayNode array = array();
    for (Finding finding : findings) {
      ObjectNode node = array.addObject();
      node.put("kind", finding.kind().label());
      putOrNull(node, "digest", finding.digest());
      putOrNull(node, "path", finding.path());
      node.put("detail", finding.detail());
    }
    return array;
  }

  /** An empty text is written as null. */
  static void putOrNull(ObjectNode node, String field, String text) {
    if (text.isEmpty()) {
      node.putNull(field);
    } else {
      node.put(field, text);
    }
  }

  static String text(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node).replace("\u007f", "\\u007f");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values cannot be written", e);
    }
  }
}
