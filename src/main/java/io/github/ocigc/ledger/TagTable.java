package io.github.ocigc.ledger;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Role;
import io.github.ocigc.oci.RootKey;
import io.github.ocigc.oci.Size;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reading the table tag. Writing it changes counts, so that is done by {@link Counts}. */
final class TagTable {
  /** What {@link #read} reads; conditions follow. */
  private static final String ROOTS =
      """
      SELECT tag.id, tag.name, media_type.name, tag.stamp, tag.subject, tag.weak, content.id,
        content.digest, content.size_bytes, content.allocated_bytes, content.state, content.form,
        content.ref_count
      FROM tag
      JOIN content ON content.id = tag.content_id
      LEFT JOIN media_type ON media_type.id = tag.media_type_id
      """;

  private final Handle handle;

  TagTable(Handle handle) {
    this.handle = handle;
  }

  /** What of the roots tells whether the disk's are the same: their stamps. */
  Map<RootKey, String> stamps() {
    Map<RootKey, String> stamps = new HashMap<>();
    handle
        .sql("SELECT name, content_digest, stamp FROM tag")
        .map(rs -> Map.entry(key(rs, 1, 2), text(rs, 3)))
        .forEach(root -> stamps.put(root.getKey(), root.getValue()));
    return stamps;
  }

  /** In the order of the ids. */
  List<LedgerRoot> withIds(Collection<Long> ids) {
    Map<Long, LedgerRoot> roots = new HashMap<>();
    Rows.query(handle, ROOTS + "WHERE tag.id = ANY (:ids)", Rows.ids(ids))
        .map(rs -> read(rs))
        .forEach(root -> roots.put(root.id(), root));
    return ids.stream().filter(roots::containsKey).map(roots::get).toList();
  }

  List<LedgerRoot> named(String name) {
    return handle
        .sql(ROOTS + "WHERE tag.name = :name")
        .bind("name", name)
        .map(rs -> read(rs))
        .list();
  }

  List<LedgerRoot> naming(Collection<Long> contents) {
    return Rows.query(handle, ROOTS + "WHERE tag.content_id = ANY (:ids)", Rows.ids(contents))
        .map(rs -> read(rs))
        .list();
  }

  /** Which roots name these, by their ids. */
  List<LedgerView.Naming> namingByIds(Collection<Long> contents) {
    return sought(
        "content_id, id, weak",
        contents,
        rs -> new LedgerView.Naming(rs.getLong(2), rs.getLong(1), rs.getBoolean(3)));
  }

  /** What these are called. */
  List<RootKey> keys(Collection<Long> ids) {
    return sought("id, name, content_digest", ids, rs -> key(rs, 2, 3));
  }

  /**
   * The rows whose first of these columns is one of the keys, in no particular order. Where many
   * are sought, all are gone through: to look up a quarter of them takes as long.
   */
  private <T> List<T> sought(String columns, Collection<Long> keys, Sql.RowReader<T> reader) {
    String all = "SELECT " + columns + " FROM tag";
    long rows = handle.sql("SELECT COUNT(*) FROM tag").map(rs -> rs.getLong(1)).one();
    if (keys.size() < rows / 4) {
      String key = columns.substring(0, columns.indexOf(','));
      return Rows.query(handle, all + " WHERE " + key + " = ANY (:ids)", Rows.ids(keys))
          .map(reader)
          .list();
    }
    Set<Long> wanted = new HashSet<>(keys);
    return handle
        .sql(all)
        .map(
            rs ->
                wanted.contains(rs.getLong(1)) ? Optional.of(reader.read(rs)) : Optional.<T>empty())
        .list()
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /** What weak roots that name these speak of. */
  List<LedgerView.Link> subjects(Collection<Long> named) {
    return Rows.query(
            handle,
            """
            SELECT DISTINCT tag.content_id, content.id
            FROM tag
            JOIN content ON content.digest = tag.subject
            WHERE tag.content_id = ANY (:ids) AND tag.weak
            """,
            Rows.ids(named))
        .map(rs -> new LedgerView.Link(rs.getLong(1), Role.REFERRER, rs.getLong(2)))
        .list();
  }

  /** True of most stores: no root speaks of a subject, and nothing is to be looked up. */
  boolean noneSpeaks() {
    return handle.tables().holdsOnlyNulls("TAG_SUBJECT");
  }

  /** Roots that speak of one of these subjects, weak or not. */
  List<LedgerRoot> speakingOf(Collection<Digest> subjects) {
    if (noneSpeaks()) {
      return List.of();
    }
    return handle
        .sql(ROOTS + "WHERE tag.subject = ANY (:subjects)")
        .bind("subjects", Rows.digests(subjects))
        .map(rs -> read(rs))
        .list();
  }

  /** Roots that count as plain though the subject they speak of is here and held. */
  List<LedgerRoot> plainWithHeldSubject() {
    if (noneSpeaks()) {
      return List.of();
    }
    return handle
        .sql(
            ROOTS
                + """
            JOIN content AS subject ON subject.digest = tag.subject
            WHERE tag.weak = FALSE AND tag.subject > ''
              AND subject.state = 'present' AND subject.ref_count > 0
            """)
        .map(rs -> read(rs))
        .list();
  }

  Optional<LedgerRoot> find(RootKey key) {
    return handle
        .sql(ROOTS + "WHERE content.digest = :digest AND tag.name IS NOT DISTINCT FROM :name")
        .bind("digest", key.digest().toString())
        .bind("name", key.tagged() ? key.name() : null)
        .map(rs -> read(rs))
        .findOne();
  }

  /** Stops at the first few: a base layer may have ten thousand holders. */
  List<String> namesHolding(long contentId, String prefix) {
    return handle
        .sql(
            """
            SELECT name
            FROM (
              SELECT tag.name
              FROM edge
              JOIN tag ON tag.content_id = edge.holder_id
              WHERE edge.held_id = :id AND LEFT(tag.name, LENGTH(:prefix)) = :prefix
              LIMIT 20
            ) AS direct
            UNION
            SELECT name
            FROM (
              SELECT tag.name
              FROM edge
              JOIN edge AS above ON above.held_id = edge.holder_id AND above.role = 'child'
              JOIN tag ON tag.content_id = above.holder_id
              WHERE edge.held_id = :id AND LEFT(tag.name, LENGTH(:prefix)) = :prefix
              LIMIT 20
            ) AS deeper
            """)
        .bind("id", contentId)
        .bind("prefix", prefix)
        .map(rs -> rs.getString(1))
        .list();
  }

  void setWeak(LedgerRoot root, boolean weak) {
    handle
        .sql("UPDATE tag SET weak = :weak WHERE id = :id")
        .bind("weak", weak)
        .bind("id", root.id())
        .execute();
    handle.touched().reasons(List.of(root.content().id()));
    touchSubjects(List.of(root));
  }

  /** These begin or cease to be weak, or go: what holds them reaches more or less for it. */
  void touchSubjects(List<LedgerRoot> roots) {
    if (!roots.isEmpty()) {
      handle
          .touched()
          .holders(
              handle
                  .sql("SELECT id FROM content WHERE digest = ANY (:subjects)")
                  .bind("subjects", Rows.column(roots, LedgerRoot::subject, String[]::new))
                  .map(rs -> rs.getLong(1))
                  .list());
    }
  }

  void setStamp(long id, String stamp) {
    handle
        .sql("UPDATE tag SET stamp = :stamp WHERE id = :id")
        .bind("stamp", stamp)
        .bind("id", id)
        .execute();
  }

  void setSubjectOfUntagged(long contentId, String subject) {
    handle
        .sql(
            """
            UPDATE tag
            SET subject = :subject
            WHERE content_id = :id AND name IS NULL AND subject IS NULL
            """)
        .bind("subject", subject)
        .bind("id", contentId)
        .execute();
  }

  /** All roots with what they use, tagged ones by name, then the untagged by digest. */
  static List<RootUsage> usages(Tables tables) {
    Map<Long, String> mediaTypes = MediaTypes.names(tables);
    List<RootUsage> usages = new ArrayList<>();
    usageScan(tables).forEach(row -> usages.add(usage(row, mediaTypes)));
    usages.sort((a, b) -> inOrder(a.key(), b.key()));
    return usages;
  }

  private static TableScan usageScan(Tables tables) {
    return tables.scan(
        "tag",
        "id",
        "name",
        "content_digest",
        "media_type_id",
        "subject",
        "weak",
        "repository",
        "total_bytes",
        "total_allocated_bytes",
        "unique_bytes",
        "unique_allocated_bytes",
        "created");
  }

  private static RootUsage usage(TableScan.Row row, Map<Long, String> mediaTypes) {
    return new RootUsage(
        row.number(1),
        new RootKey(row.textOrEmpty(2), Content.digest(row.text(3))),
        row.isNull(4) ? "" : mediaTypes.getOrDefault(row.number(4), ""),
        row.textOrEmpty(5),
        row.truth(6),
        row.textOrEmpty(7),
        new Size(row.number(8), row.number(9)),
        new Size(row.number(10), row.number(11)),
        row.textOrEmpty(12));
  }

  private static int inOrder(RootKey a, RootKey b) {
    int untagged = Boolean.compare(a.name().isEmpty(), b.name().isEmpty());
    if (untagged != 0) {
      return untagged;
    }
    int name = a.name().compareTo(b.name());
    return name != 0 ? name : a.digest().compareTo(b.digest());
  }

  private static RootKey key(ResultSet rs, int name, int digest) throws SQLException {
    return new RootKey(text(rs, name), Content.digest(rs.getString(digest)));
  }

  private static LedgerRoot read(ResultSet rs) throws SQLException {
    Content content = Content.read(rs, 7);
    return new LedgerRoot(
        rs.getLong(1),
        new RootKey(text(rs, 2), content.digest()),
        content,
        text(rs, 3),
        text(rs, 4),
        text(rs, 5),
        rs.getBoolean(6));
  }

  private static String text(ResultSet rs, int column) throws SQLException {
    String text = rs.getString(column);
    return text == null ? "" : text;
  }
}
