package io.github.ocigc.oci;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a document's tokens. A member is a descriptor where the specs place one ({@code
 * config}, {@code layers}, {@code manifests}, {@code blobs}, {@code fsLayers}, {@code subject}), or
 * anywhere else if it has all three of {@code mediaType}, {@code digest} and {@code size}.
 */
final class DocumentReader {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String CREATED = "org.opencontainers.image.created";

  private final Document.Dialect dialect;
  private final Map<String, Link> links = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private @Nullable Digest subject;
  private String created = "";
  private int position;

  private DocumentReader(Document.Dialect dialect) {
    this.dialect = dialect;
  }

  static Optional<Document> read(byte[] bytes, Document.Dialect dialect) {
    DocumentReader reader = new DocumentReader(dialect);
    try (JsonParser json = JSON.createParser(bytes)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      reader.top(json);
      return json.nextToken() == null ? Optional.of(reader.document()) : Optional.empty();
    } catch (IOException notJson) {
      return Optional.empty();
    }
  }

  private Document document() {
    return new Document(
        List.copyOf(links.values()), Optional.ofNullable(subject), created, problems);
  }

  private void top(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      switch (field) {
        case "config" -> placed(json, value, Role.CONFIG, "config");
        case "layers", "blobs" -> array(json, value, Role.LAYER, field);
        case "manifests" -> array(json, value, Role.CHILD, field);
        case "fsLayers" -> array(json, value, Role.LAYER, field);
        case "subject" -> placed(json, value, Role.REFERRER, "subject");
        case "rootfs" -> rootfs(json, value);
        case "annotations" -> annotations(json, value);
        case "created" -> {
          if (value == JsonToken.VALUE_STRING) {
            created = json.getText();
          } else {
            anywhere(json, value, field);
          }
        }
        default -> anywhere(json, value, field);
      }
    }
  }

  private void array(JsonParser json, JsonToken value, Role role, String field) throws IOException {
    if (value != JsonToken.START_ARRAY) {
      anywhere(json, value, field);
      return;
    }
    int index = 0;
    for (JsonToken t = json.nextToken(); t != JsonToken.END_ARRAY; t = json.nextToken()) {
      placed(json, t, role, field + "[" + index++ + "]");
    }
  }

  /** A descriptor stands here, if the value is an object that names a digest. */
  private void placed(JsonParser json, JsonToken value, Role role, String where)
      throws IOException {
    if (value != JsonToken.START_OBJECT) {
      anywhere(json, value, where);
      return;
    }
    Found found = object(json, where);
    if (found.digest != null) {
      add(role, found, where);
    } else if (role == Role.CHILD || (role == Role.REFERRER && found.mediaType != null)) {
      problems.add(where + " names no digest");
    }
  }

  /** Any value outside the known places: look through it for full descriptors. */
  private void anywhere(JsonParser json, JsonToken value, String where) throws IOException {
    if (value == JsonToken.START_OBJECT) {
      Found found = object(json, where);
      if (found.digest != null && found.mediaType != null && found.size >= 0) {
        add(Role.OTHER, found, where);
      }
    } else if (value == JsonToken.START_ARRAY) {
      for (JsonToken t = json.nextToken(); t != JsonToken.END_ARRAY; t = json.nextToken()) {
        anywhere(json, t, where);
      }
    }
  }

  private Found object(JsonParser json, String where) throws IOException {
    Found found = new Found();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      if (value == JsonToken.VALUE_STRING && (field.equals("digest") || field.equals("blobSum"))) {
        found.digest = json.getText();
      } else if (value == JsonToken.VALUE_STRING && field.equals("mediaType")) {
        found.mediaType = json.getText();
      } else if (value == JsonToken.VALUE_NUMBER_INT && field.equals("size")) {
        found.size = json.getValueAsLong(-1);
      } else if (value == JsonToken.START_OBJECT && field.equals("platform")) {
        found.platform = platform(json);
      } else if (field.equals("annotations")) {
        json.skipChildren();
      } else {
        anywhere(json, value, where + "." + field);
      }
    }
    return found;
  }

  private static String platform(JsonParser json) throws IOException {
    String os = "";
    String architecture = "";
    String variant = "";
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      if (json.nextToken() == JsonToken.VALUE_STRING) {
        switch (field) {
          case "os" -> os = json.getText();
          case "architecture" -> architecture = json.getText();
          case "variant" -> variant = json.getText();
          default -> {}
        }
      } else {
        json.skipChildren();
      }
    }
    return os.isEmpty() && architecture.isEmpty()
        ? ""
        : new Platform(os, architecture, variant).toString();
  }

  private void rootfs(JsonParser json, JsonToken value) throws IOException {
    if (dialect != Document.Dialect.KRAFTKIT || value != JsonToken.START_OBJECT) {
      anywhere(json, value, "rootfs");
      return;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken inner = json.nextToken();
      if (field.equals("diff_ids") && inner == JsonToken.START_ARRAY) {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          Found found = new Found();
          found.digest = json.getText();
          add(Role.DIFF_ID, found, "rootfs.diff_ids");
        }
      } else {
        json.skipChildren();
      }
    }
  }

  private void annotations(JsonParser json, JsonToken value) throws IOException {
    if (value != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = json.currentName().equals(CREATED);
      if (json.nextToken() == JsonToken.VALUE_STRING && wanted) {
        created = json.getText();
      } else {
        json.skipChildren();
      }
    }
  }

  private void add(Role role, Found found, String where) {
    String text = String.valueOf(found.digest);
    Optional<Digest> digest = Digest.parse(text);
    if (digest.isEmpty()) {
      problems.add(where + " has '" + text + "', which is not a sha256 or sha512 digest");
    } else if (role == Role.REFERRER) {
      subject = digest.get();
    } else {
      String mediaType = found.mediaType == null ? "" : found.mediaType;
      Link link = new Link(role, digest.get(), position++, mediaType, found.platform, found.size);
      links.merge(role.label() + digest.get(), link, DocumentReader::together);
    }
  }

  /** One descriptor may be without a platform: that is one more way to be named. */
  private static Link together(Link first, Link again) {
    boolean sameWords = ("," + first.platform() + ",").contains("," + again.platform() + ",");
    String platform = sameWords ? first.platform() : first.platform() + "," + again.platform();
    return new Link(
        first.role(),
        first.digest(),
        first.position(),
        first.mediaType(),
        platform,
        first.sizeBytes());
  }

  /** The members of an object that may turn out to be a descriptor. */
  private static final class Found {
    @Nullable String digest;
    @Nullable String mediaType;
    String platform = "";
    long size = -1;
  }
}
