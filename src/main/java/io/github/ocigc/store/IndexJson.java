package io.github.ocigc.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.ocigc.oci.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The bytes of an {@code index.json} and where in them each entry stands, so that a rewrite leaves
 * every byte of what stays (image-spec 1.1, image-layout.md, "index.json File").
 *
 * @param from where the value of {@code manifests} begins; equal to {@code to} if the member is
 *     missing, and then where it would go
 * @param lead what has to stand before the value: the member's name where it is missing
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and the bytes are the point
record IndexJson(byte[] bytes, List<Entry> entries, int from, int to, String lead) {
  private static final JsonFactory JSON = new JsonFactory();

  /** One entry: its span of bytes, and the texts that matter. Missing texts are empty. */
  record Entry(int from, int to, String name, String digest, String mediaType) {}

  /** Reads the whole; throws IOException with a reason if it is not an image index. */
  static IndexJson read(byte[] bytes) throws IOException {
    try (JsonParser json = JSON.createParser(bytes)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("it is not a JSON object");
      }
      IndexJson found = null;
      int end;
      boolean members = false;
      while (true) {
        JsonToken token = json.nextToken();
        if (token == JsonToken.END_OBJECT) {
          end = (int) json.currentTokenLocation().getByteOffset();
          break;
        }
        if (token != JsonToken.FIELD_NAME) {
          throw new IOException("it ends too early");
        }
        members = true;
        if (json.currentName().equals("manifests")) {
          if (found != null) {
            throw new IOException("it has two members named manifests");
          }
          json.nextToken();
          found = manifests(bytes, json);
        } else {
          json.nextToken();
          json.skipChildren();
        }
      }
      if (json.nextToken() != null) {
        throw new IOException("something follows its last brace");
      }
      return found != null
          ? found
          : new IndexJson(bytes, List.of(), end, end, (members ? "," : "") + "\"manifests\":");
    }
  }

  private static IndexJson manifests(byte[] bytes, JsonParser json) throws IOException {
    int from = (int) json.currentTokenLocation().getByteOffset();
    List<Entry> entries = new ArrayList<>();
    if (json.currentToken() == JsonToken.START_ARRAY) {
      for (JsonToken t = json.nextToken(); t != JsonToken.END_ARRAY; t = json.nextToken()) {
        if (t != JsonToken.START_OBJECT) {
          throw new IOException("an entry of manifests is not an object");
        }
        entries.add(entry(json));
      }
    } else if (json.currentToken() != JsonToken.VALUE_NULL) {
      throw new IOException("its manifests are not an array");
    }
    int to = (int) json.currentLocation().getByteOffset();
    return new IndexJson(bytes, List.copyOf(entries), from, to, "");
  }

  private static Entry entry(JsonParser json) throws IOException {
    int from = (int) json.currentTokenLocation().getByteOffset();
    String name = "";
    String digest = "";
    String mediaType = "";
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      if (value == JsonToken.VALUE_STRING && field.equals("digest")) {
        digest = json.getText();
      } else if (value == JsonToken.VALUE_STRING && field.equals("mediaType")) {
        mediaType = json.getText();
      } else if (value == JsonToken.START_OBJECT && field.equals("annotations")) {
        name = textAmong(json, OciLayout.NAME_ANNOTATION);
      } else {
        json.skipChildren();
      }
    }
    return new Entry(from, (int) json.currentLocation().getByteOffset(), name, digest, mediaType);
  }

  private static String textAmong(JsonParser json, String key) throws IOException {
    String text = "";
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = json.currentName().equals(key);
      if (json.nextToken() == JsonToken.VALUE_STRING && wanted) {
        text = json.getText();
      } else {
        json.skipChildren();
      }
    }
    return text;
  }

  /** An annotation of the index itself; empty if it has none. */
  static Optional<String> annotation(byte[] bytes, String key) throws IOException {
    try (JsonParser json = JSON.createParser(bytes)) {
      String text = "";
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean annotations = json.currentName().equals("annotations");
        if (json.nextToken() == JsonToken.START_OBJECT && annotations) {
          text = textAmong(json, key);
        } else {
          json.skipChildren();
        }
      }
      return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
  }

  /**
   * Reads of bytes that {@link #read} has taken before, or that were made of such by {@link
   * #rewrite}, only the entries that have one of these digests somewhere. The others have a place
   * and no texts, or several that follow each other have one together.
   */
  static IndexJson readNaming(byte[] bytes, Set<Digest> digests) throws IOException {
    Optional<IndexJson> found = IndexSearch.find(bytes, digests);
    if (found.isEmpty()) {
      found = IndexScan.find(bytes, digests);
    }
    return found.isPresent() ? found.get() : read(bytes);
  }

  /** The entry that begins there; reads no further than {@code limit}. */
  static Entry entryFrom(byte[] bytes, int from, int limit) throws IOException {
    try (JsonParser json = JSON.createParser(bytes, from, limit - from)) {
      json.nextToken();
      Entry entry = entry(json);
      return new Entry(from, from + entry.to(), entry.name(), entry.digest(), entry.mediaType());
    }
  }

  /** The JSON of one entry. */
  String text(Entry entry) {
    return new String(bytes, entry.from(), entry.to() - entry.from(), StandardCharsets.UTF_8);
  }

  /**
   * The file without the entries that {@code drops} names, and with {@code added} at its end:
   * pieces of these bytes, and between them what is new.
   */
  List<ByteBuffer> rewrite(Predicate<Entry> drops, List<String> added) {
    return new IndexRewrite(this, drops).with(added);
  }
}
