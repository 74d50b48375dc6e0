package io.github.ocigc.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Document;
import io.github.ocigc.oci.Form;
import io.github.ocigc.oci.Lease;
import io.github.ocigc.oci.Link;
import io.github.ocigc.oci.Role;
import io.github.ocigc.oci.Root;
import io.github.ocigc.oci.RootKey;
import io.github.ocigc.oci.Size;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.h2.engine.SessionLocal;
import org.h2.index.Index;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.db.MVIndex;
import org.h2.mvstore.db.MVTable;
import org.h2.table.Table;
import org.h2.tools.RunScript;
import org.junit.jupiter.api.Test;

/** A load leaves, in every table and every index, what SQL would have left there. */
final class CensusLoadTest {
  private static final StoreState STATE =
      new StoreState("oci-layout", "/store", "1:2", "roots", "blobs", 1, true);

  /** More than the leaves of 40 nodes have, so that the trees are four pages high. */
  private static final int MANY = 40_000;

  private final Random random = new Random(5);

  @Test
  void everyTableAndIndexIsAsSqlMakesIt() throws SQLException {
    for (int contents : new int[] {0, 1, 200, MANY}) {
      try (Ledger loaded = LedgerFile.inMemory().load(tally(contents), memory(contents), STATE);
          Connection inserted = inserted(loaded.connection())) {
        Map<String, List<String>> expected = maps(inserted);

        Map<String, List<String>> found = maps(loaded.connection());
        assertThat(found).containsOnlyKeys(expected.keySet());
        expected.forEach((map, rows) -> assertThat(found.get(map)).as(map).isEqualTo(rows));
        for (String map :
            List.of("EDGE EDGE_KEY", "EDGE EDGE_HELD", "TAG TAG_ROOT", "CONTENT CONTENT_DIGEST")) {
          assertThat(expected.get(map)).as(map).hasSizeGreaterThanOrEqualTo(contents / 5);
        }
      }
    }
  }

  @Test
  void rootsAreReadAsAQueryAnswersThem() throws SQLException {
    try (Ledger loaded = LedgerFile.inMemory().load(tally(2_000), memory(2_000), STATE);
        Statement statement = loaded.connection().createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT tag.id, COALESCE(tag.name, ''), tag.content_digest,
                  COALESCE(media_type.name, ''), COALESCE(tag.subject, ''), tag.weak,
                  COALESCE(tag.repository, ''), tag.total_bytes, tag.total_allocated_bytes,
                  tag.unique_bytes, tag.unique_allocated_bytes, COALESCE(tag.created, '')
                FROM tag
                LEFT JOIN media_type ON media_type.id = tag.media_type_id
                ORDER BY tag.name NULLS LAST, tag.content_digest
                """)) {
      List<RootUsage> expected = new ArrayList<>();
      while (rows.next()) {
        expected.add(
            new RootUsage(
                rows.getLong(1),
                new RootKey(rows.getString(2), Content.digest(rows.getString(3))),
                rows.getString(4),
                rows.getString(5),
                rows.getBoolean(6),
                rows.getString(7),
                Content.size(rows, 8),
                Content.size(rows, 10),
                rows.getString(12)));
      }

      assertThat(loaded.view().usages()).isEqualTo(expected).hasSizeGreaterThan(200);
      assertThat(expected).extracting(root -> root.key().name()).contains("");
    }
  }

  @Test
  void rowsAreNumberedFromThereOn() throws SQLException {
    try (Ledger loaded = LedgerFile.inMemory().load(tally(300), memory(300), STATE);
        Statement statement = loaded.connection().createStatement()) {
      statement.execute(
          "INSERT INTO content (digest, size_bytes, state, form, ref_count)"
              + " VALUES ('sha256:new', 1, 'present', 'opaque', 0)");
      statement.execute(
          "INSERT INTO edge (holder_id, held_id, role, position)"
              + " SELECT id, id, 'layer', 0 FROM content WHERE digest = 'sha256:new'");
      statement.execute(
          "INSERT INTO tag (name, content_id, weak, content_digest)"
              + " SELECT 'new', id, FALSE, digest FROM content WHERE digest = 'sha256:new'");
      statement.execute("INSERT INTO media_type (name) VALUES ('new')");
      for (String table : List.of("content", "tag", "media_type")) {
        assertThat(number(statement, "SELECT MAX(id) - COUNT(*) FROM " + table)).isZero();
      }
      assertThat(number(statement, "SELECT MAX(_ROWID_) - COUNT(*) FROM edge")).isZero();
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    String name = "n".repeat(5_000);
    Census tooLong = new Census();
    tooLong.addRoot(new Root(name, digest(1), "", ""));
    assertThatThrownBy(
            () -> LedgerFile.inMemory().load(tooLong.count(), CensusLoad.Memory.NONE, STATE))
        .hasMessageContaining("too long");
    Census twice = new Census();
    twice.addRoot(new Root("name", digest(1), "", ""));
    twice.addRoot(new Root("name", digest(1), "", ""));
    assertThatThrownBy(
            () -> LedgerFile.inMemory().load(twice.count(), CensusLoad.Memory.NONE, STATE))
        .hasMessageContaining("keys must rise");
  }

  private Digest digest(long number) {
    byte[] bytes = new byte[number % 50 == 0 ? 64 : 32];
    new Random(number).nextBytes(bytes);
    return Digest.parse(
            (bytes.length == 64 ? "sha512:" : "sha256:") + HexFormat.of().formatHex(bytes))
        .orElseThrow();
  }

  /** Contents that hold some of the next, under roots of every kind of name. */
  private Tally tally(int contents) {
    Census census = new Census();
    for (int i = 0; i < contents; i++) {
      boolean document = random.nextInt(3) > 0;
      census.add(
          digest(i),
          document ? Form.DOCUMENT : Form.OPAQUE,
          new Size(random.nextInt(100_000), random.nextInt(25) * 4_096L),
          document ? Optional.of(document(i, contents)) : Optional.empty());
    }
    List<String> names =
        List.of(
            "", "a", "v1:", "app:v1", "host:5000/app:v2", "app@sha256:00", "x:y@z", "ü/ä:ö", "\n");
    for (int i = 0; i < contents / 5; i++) {
      String name = names.get(i % names.size());
      census.addRoot(
          new Root(
              name.isEmpty() ? "" : i + name,
              name.isEmpty() ? digest(i) : digest(random.nextInt(contents + 3)),
              i % 3 == 0 ? "" : "type/" + i % 4,
              i % 7 == 0 ? "stamp " + i : ""));
    }
    if (contents > 0) {
      census.addRoot(new Root("sha256-" + digest(1).encoded(), digest(3), "", ""));
      census.addLease(new Lease("lease", "a transfer", List.of(digest(2), digest(-1))));
      census.addStray("blobs/stray");
    }
    return census.count();
  }

  private Document document(int at, int contents) {
    List<Link> links = new ArrayList<>();
    Role[] roles = {Role.CHILD, Role.CONFIG, Role.LAYER};
    for (int i = random.nextInt(4); i > 0; i--) {
      Role role = roles[random.nextInt(roles.length)];
      Digest held = digest(at + 1 + random.nextInt(50));
      if (links.stream().noneMatch(link -> link.role() == role && link.digest().equals(held))) {
        String platform = i == 2 ? "linux/amd64" : i == 3 ? "p".repeat(300) : "";
        links.add(new Link(role, held, links.size(), "type/" + i % 3, platform, -1));
      }
    }
    return new Document(
        links,
        random.nextInt(4) == 0 ? Optional.of(digest(random.nextInt(contents))) : Optional.empty(),
        random.nextBoolean() ? "" : "2024-01-01T00:00:0" + random.nextInt(10) + "Z",
        List.of());
  }

  private CensusLoad.Memory memory(int contents) {
    Map<Digest, Instant> unheld = new TreeMap<>(Comparator.comparing(Digest::toString));
    for (int i = 0; i < contents; i += 3) {
      unheld.put(digest(i), Instant.ofEpochSecond(i));
    }
    return new CensusLoad.Memory(
        List.of(new Event(Instant.EPOCH, "delete", "gone", 1, 2)), List.of(), unheld, List.of());
  }

  /** A database that has the same rows by SQL. */
  private static Connection inserted(Connection from) throws SQLException {
    StringBuilder script = new StringBuilder();
    try (Statement statement = from.createStatement();
        ResultSet rows = statement.executeQuery("SCRIPT")) {
      while (rows.next()) {
        script.append(rows.getString(1)).append('\n');
      }
    }
    Connection made = DriverManager.getConnection("jdbc:h2:mem:" + UUID.randomUUID(), "sa", "");
    RunScript.execute(made, new StringReader(script.toString()));
    return made;
  }

  /** The keys of every index, in its order, and the rows of every table. */
  private static Map<String, List<String>> maps(Connection connection) throws SQLException {
    SessionLocal session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
    Map<String, List<String>> maps = new TreeMap<>();
    for (Table table : session.getDatabase().getMainSchema().getAllTablesAndViews(session)) {
      if (table instanceof MVTable stored) {
        for (Index index : stored.getIndexes()) {
          List<String> entries = new ArrayList<>();
          ((MVIndex<?, ?>) index)
              .getMVMap()
              .entrySet()
              .forEach(entry -> entries.add(entry.getKey() + " " + plain(entry.getValue())));
          maps.put(
              table.getName() + " " + index.getName().replaceAll("_INDEX_.*|_[0-9A-F]+$", ""),
              entries);
        }
      }
    }
    return maps;
  }

  /** A row has its key in it once the database has looked at it. */
  private static String plain(Object row) {
    return row.toString().replaceAll("/\\* key:-?\\d+ \\*/", "");
  }

  private static long number(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
