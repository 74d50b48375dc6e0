package io.github.ocigc.ledger;

import io.github.ocigc.oci.Digest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The table pushed. */
final class PushedTable {
  private final Handle handle;

  PushedTable(Handle handle) {
    this.handle = handle;
  }

  void put(Pushed pushed) {
    key(
            handle.sql(
                """
            DELETE FROM pushed
            WHERE digest = :digest AND registry = :registry AND repository = :repository
              AND tag IS NOT DISTINCT FROM :tag
            """),
            pushed)
        .execute();
    key(
            handle.sql(
                """
            INSERT INTO pushed (digest, registry, repository, tag, at)
            VALUES (:digest, :registry, :repository, :tag, :at)
            """),
            pushed)
        .bind("at", OffsetDateTime.ofInstant(pushed.at(), ZoneOffset.UTC))
        .execute();
  }

  private static Sql key(Sql statement, Pushed pushed) {
    return statement
        .bind("digest", pushed.digest().toString())
        .bind("registry", pushed.registry())
        .bind("repository", pushed.repository())
        .bind("tag", Rows.orNull(pushed.tag()));
  }

  List<Pushed> all() {
    return handle
        .sql("SELECT digest, registry, repository, tag, at FROM pushed ORDER BY at, digest, tag")
        .map(rs -> read(rs))
        .list();
  }

  List<Pushed> of(Collection<Digest> digests) {
    return handle
        .sql(
            """
            SELECT digest, registry, repository, tag, at
            FROM pushed
            WHERE digest = ANY (:digests)
            ORDER BY at, repository, tag
            """)
        .bind("digests", Rows.digests(digests))
        .map(rs -> read(rs))
        .list();
  }

  /** Those of what roots name, in the order of {@link #of}. */
  static List<Pushed> ofRoots(Tables tables) {
    List<Pushed> pushed = new ArrayList<>();
    tables
        .scan("pushed", "digest", "registry", "repository", "tag", "at")
        .forEach(
            row ->
                pushed.add(
                    new Pushed(
                        Content.digest(row.text(1)),
                        row.text(2),
                        row.text(3),
                        row.textOrEmpty(4),
                        row.instant(5))));
    if (!pushed.isEmpty()) {
      Set<Digest> named = new HashSet<>();
      tables.scan("tag", "content_digest").forEach(row -> named.add(Content.digest(row.text(1))));
      pushed.removeIf(place -> !named.contains(place.digest()));
      pushed.sort(
          Comparator.comparing(Pushed::at)
              .thenComparing(Pushed::repository)
              .thenComparing(Pushed::tag));
    }
    return pushed;
  }

  /** Stops at the first few: a base layer may have ten thousand holders. */
  List<String> repositoriesWith(long contentId, String registry) {
    return handle
        .sql(
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
        .map(rs -> rs.getString(1))
        .list();
  }

  private static Pushed read(ResultSet rs) throws SQLException {
    String tag = rs.getString(4);
    return new Pushed(
        Content.digest(rs.getString(1)),
        rs.getString(2),
        rs.getString(3),
        tag == null ? "" : tag,
        Rows.instant(rs, 5));
  }
}
