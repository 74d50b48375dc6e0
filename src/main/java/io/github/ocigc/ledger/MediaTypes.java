package io.github.ocigc.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table media_type: each name once, remembered while the ledger is open. */
final class MediaTypes {
  private final Handle handle;
  private final Map<String, Integer> known = new HashMap<>();

  MediaTypes(Handle handle) {
    this.handle = handle;
  }

  /** The name's id, made if need be; null for the empty name. Names are cut at 255 characters. */
  @Nullable Integer id(String mediaType) {
    String name = shortened(mediaType);
    return name.isEmpty() ? null : known.computeIfAbsent(name, this::lookUpOrAdd);
  }

  /** All names by their ids. */
  static Map<Long, String> names(Tables tables) {
    Map<Long, String> names = new HashMap<>();
    tables.scan("media_type", "id", "name").forEach(row -> names.put(row.number(1), row.text(2)));
    return names;
  }

  static String shortened(String mediaType) {
    return mediaType.substring(0, Math.min(mediaType.length(), 255));
  }

  private Integer lookUpOrAdd(String name) {
    return lookUp(name)
        .orElseGet(
            () -> {
              handle
                  .sql("INSERT INTO media_type (name) VALUES (:name)")
                  .bind("name", name)
                  .execute();
              return lookUp(name).orElseThrow();
            });
  }

  private Optional<Integer> lookUp(String name) {
    return handle
        .sql("SELECT id FROM media_type WHERE name = :name")
        .bind("name", name)
        .map(rs -> rs.getInt(1))
        .findOne();
  }
}
