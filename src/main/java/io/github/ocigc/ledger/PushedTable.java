package io.github.ocigc.ledger;

import io.github.ocigc.oci.Digest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The table pushed. */
final class PushedTable {
  private final Handle handle;

  PushedTable(Handle handle) {
    this.handle = handle;
  }

  void put(Pushed pushed) {
    handle
        .createUpdate(
            """
            DELETE FROM pushed
            WHERE digest = :digest AND registry = :registry AND repository = :repository
              AND tag IS NOT DISTINCT FROM :tag
            """)
        .bindMap(key(pushed))
        .execute();
    handle
        .createUpdate(
            """
            INSERT INTO pushed (digest, registry, repository, tag, at)
            VALUES (:digest, :registry, :repository, :tag, :at)
            """)
        .bindMap(key(pushed))
        .bind("at", OffsetDateTime.ofInstant(pushed.at(), ZoneOffset.UTC))
        .execute();
  }

  private static Map<String, Object> key(Pushed pushed) {
    Map<String, Object> key = new HashMap<>();
    key.put("digest", pushed.digest().toString());
    key.put("registry", pushed.registry());
    key.put("repository", pushed.repository());
    key.put("tag", pushed.tag().isEmpty() ? null : pushed.tag());
    return key;
  }

  List<Pushed> all() {
    return handle
        .createQuery(
            "SELECT digest, registry, repository, tag, at FROM pushed ORDER BY at, digest, tag")
        .map((rs, ctx) -> read(rs))
        .list();
  }

  List<Pushed> of(Collection<Digest> digests) {
    return handle
        .createQuery(
            """
            SELECT digest, registry, repository, tag, at
            FROM pushed
            WHERE digest = ANY (:digests)
            ORDER BY at, repository, tag
            """)
        .bindByType("digests", Rows.digests(digests), String[].class)
        .map((rs, ctx) -> read(rs))
        .list();
  }

  List<Pushed> ofRoots() {
    return handle
        .createQuery(
            """
            SELECT DISTINCT pushed.digest, pushed.registry, pushed.repository, pushed.tag, pushed.at
            FROM tag
            JOIN content ON content.id = tag.content_id
            JOIN pushed ON pushed.digest = content.digest
            ORDER BY pushed.at, pushed.repository, pushed.tag
            """)
        .map((rs, ctx) -> read(rs))
        .list();
  }

  /** Stops at the first few: a base layer may have ten thousand holders. */
  List<String> repositoriesWith(long contentId, String registry) {
    return handle
        .createQuery(
            """
            SELECT DISTINCT repository
            FROM (
              SELECT pushed.repository
              FROM edge
              JOIN content AS holder ON holder.id = edge.holder_id
              JOIN pushed ON pushed.digest = holder.digest
              WHERE edge.held_id = :id AND pushed.registry = :registry
              LIMIT 20
            ) AS place
            """)
        .bind("id", contentId)
        .bind("registry", registry)
        .map((rs, ctx) -> rs.getString(1))
        .list();
  }

  private static Pushed read(ResultSet rs) throws SQLException {
    String tag = rs.getString(4);
    return new Pushed(
        Content.digest(rs.getString(1)),
        rs.getString(2),
        rs.getString(3),
        tag == null ? "" : tag,
        rs.getObject(5, OffsetDateTime.class).toInstant());
  }
}
