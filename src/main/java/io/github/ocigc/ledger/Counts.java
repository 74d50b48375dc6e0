package io.github.ocigc.ledger;

import io.github.ocigc.oci.Lease;
import io.github.ocigc.oci.Link;
import io.github.ocigc.oci.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * The only writer of {@code ref_count}, and so of the rows that are its reasons. A count changes by
 * the rows that really came or went: repeating a pull counts nothing twice.
 */
final class Counts {
  private final Handle handle;
  private final MediaTypes mediaTypes;

  Counts(Handle handle, MediaTypes mediaTypes) {
    this.handle = handle;
    this.mediaTypes = mediaTypes;
  }

  /** A row that may be there already. */
  private static final String EDGE =
      """
      INSERT INTO edge (holder_id, held_id, role, position, media_type_id, platform)
      SELECT :holder, :held, :role, :position, :mediaType, :platform
      WHERE NOT EXISTS (
        SELECT 1 FROM edge
        WHERE holder_id = :holder AND held_id = :held AND role = :role)
      """;

  /** Adds documents' edges; {@code ids} knows the row of each digest that they link to. */
  void addEdges(Map<Long, List<Link>> linksOfHolders, Map<io.github.ocigc.oci.Digest, Long> ids) {
    List<Long> named = new ArrayList<>();
    PreparedBatch batch = handle.prepareBatch(EDGE);
    linksOfHolders.forEach(
        (holder, links) -> {
          for (Link link : links) {
            Long held = ids.get(link.digest());
            if (held == null) {
              throw new IllegalStateException(link.digest() + " has no row to point at");
            }
            named.add(held);
            bind(
                    batch,
                    new EdgeKey(holder, held, link.role()),
                    link.position(),
                    mediaTypes.id(link.mediaType()),
                    link.platform().isEmpty() ? null : shortened(link.platform()))
                .add();
          }
        });
    if (!named.isEmpty()) {
      int[] came = batch.execute();
      Map<Long, Integer> changes = new HashMap<>();
      for (int i = 0; i < came.length; i++) {
        if (came[i] == 1) {
          changes.merge(named.get(i), 1, Integer::sum);
        }
      }
      add(changes);
    }
  }

  /** Lets a subject hold its referrer. */
  void addReferrer(long subject, long referrer) {
    EdgeKey key = new EdgeKey(subject, referrer, Role.REFERRER);
    if (bind(handle.createUpdate(EDGE), key, 0, null, null).execute() == 1) {
      add(Map.of(referrer, 1));
    }
  }

  private static <T extends SqlStatement<T>> T bind(
      T statement,
      EdgeKey key,
      int position,
      @Nullable Integer mediaType,
      @Nullable String platform) {
    return statement
        .bind("holder", key.holderId())
        .bind("held", key.heldId())
        .bind("role", key.role().label())
        .bind("position", position)
        .bindByType("mediaType", mediaType, Integer.class)
        .bind("platform", platform);
  }

  static String shortened(String platform) {
    return platform.substring(0, Math.min(platform.length(), 255));
  }

  /** A root on its way into the table; an empty subject means none. */
  record NewRoot(io.github.ocigc.oci.Root root, long contentId, String subject) {}

  /** Adds roots that are not there yet, as plain ones. */
  void addRoots(List<NewRoot> roots) {
    if (roots.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO tag (name, content_id, media_type_id, stamp, subject, weak)
            SELECT :name, :content, :mediaType, :stamp, :subject, FALSE
            WHERE NOT EXISTS (
              SELECT 1 FROM tag
              WHERE content_id = :content AND name IS NOT DISTINCT FROM :name)
            """);
    for (NewRoot fresh : roots) {
      io.github.ocigc.oci.Root root = fresh.root();
      batch
          .bind("name", root.name().isEmpty() ? null : root.name())
          .bind("content", fresh.contentId())
          .bindByType("mediaType", mediaTypes.id(root.mediaType()), Integer.class)
          .bind("stamp", root.stamp().isEmpty() ? null : root.stamp())
          .bind("subject", fresh.subject().isEmpty() ? null : fresh.subject())
          .add();
    }
    int[] came = batch.execute();
    Map<Long, Integer> changes = new HashMap<>();
    for (int i = 0; i < came.length; i++) {
      if (came[i] == 1) {
        changes.merge(roots.get(i).contentId(), 1, Integer::sum);
      }
    }
    add(changes);
  }

  void removeRoots(Collection<Long> tagIds) {
    removed(
        Rows.query(
            handle,
            """
            SELECT content_id, COUNT(*)
            FROM OLD TABLE (DELETE FROM tag WHERE id = ANY (:ids))
            GROUP BY content_id
            """,
            Rows.ids(tagIds)));
  }

  /** Adds a lease that is not there yet; {@code ids} knows the row of each digest it names. */
  void addLease(Lease lease, Map<io.github.ocigc.oci.Digest, Long> ids) {
    handle
        .createUpdate("INSERT INTO lease (id, owner) VALUES (:id, :owner)")
        .bind("id", lease.id())
        .bind("owner", lease.owner().substring(0, Math.min(lease.owner().length(), 4096)))
        .execute();
    Map<Long, Integer> came = new HashMap<>();
    PreparedBatch batch =
        handle.prepareBatch(
            "INSERT INTO lease_content (lease_id, content_id) VALUES (:lease, :content)");
    for (io.github.ocigc.oci.Digest digest : lease.digests()) {
      Long content = ids.get(digest);
      if (content == null) {
        throw new IllegalStateException(digest + " has no row to point at");
      }
      batch.bind("lease", lease.id()).bind("content", content).add();
      came.put(content, 1);
    }
    if (!came.isEmpty()) {
      batch.execute();
      add(came);
    }
  }

  void removeLeases(Collection<String> leases) {
    removed(
        handle
            .createQuery(
                """
                SELECT content_id, COUNT(*)
                FROM OLD TABLE (DELETE FROM lease_content WHERE lease_id = ANY (:leases))
                GROUP BY content_id
                """)
            .bindByType("leases", leases.toArray(String[]::new), String[].class));
    handle
        .createUpdate("DELETE FROM lease WHERE id = ANY (:leases)")
        .bindByType("leases", leases.toArray(String[]::new), String[].class)
        .execute();
  }

  void removeEdgesOf(Collection<Long> holders) {
    removed(
        Rows.query(
            handle,
            """
            SELECT held_id, COUNT(*)
            FROM OLD TABLE (DELETE FROM edge WHERE holder_id = ANY (:ids))
            GROUP BY held_id
            """,
            Rows.ids(holders)));
  }

  void removeEdges(List<EdgeKey> edges) {
    for (EdgeKey edge : edges) {
      int went =
          handle
              .createUpdate(
                  """
                  DELETE FROM edge
                  WHERE holder_id = :holder AND held_id = :held AND role = :role
                  """)
              .bind("holder", edge.holderId())
              .bind("held", edge.heldId())
              .bind("role", edge.role().label())
              .execute();
      add(Map.of(edge.heldId(), -went));
    }
  }

  private void removed(org.jdbi.v3.core.statement.Query deletion) {
    Map<Long, Integer> went = new HashMap<>();
    deletion
        .map((rs, ctx) -> Map.entry(rs.getLong(1), -rs.getInt(2)))
        .forEach(entry -> went.put(entry.getKey(), entry.getValue()));
    add(went);
  }

  private void add(Map<Long, Integer> changes) {
    if (changes.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch("UPDATE content SET ref_count = ref_count + :change WHERE id = :id");
    changes.forEach((id, change) -> batch.bind("change", change).bind("id", id).add());
    batch.execute();
  }
}
