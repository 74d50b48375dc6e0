package io.github.ocigc.ledger;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Role;
import io.github.ocigc.oci.RootKey;
import io.github.ocigc.oci.Size;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Questions to an open ledger. Nothing here changes a row. Not safe for several threads. */
public final class LedgerView {
  private final Handle handle;

  LedgerView(Handle handle) {
    this.handle = handle;
  }

  /** Of each root, the stamp of what it names; see {@link io.github.ocigc.oci.Root}. */
  public Map<RootKey, String> rootStamps() {
    return new TagTable(handle).stamps();
  }

  /** These roots, in the order of their ids here; an id that no root has is passed over. */
  public List<LedgerRoot> roots(Collection<Long> ids) {
    return new TagTable(handle).withIds(ids);
  }

  /** What these roots are called, in no particular order. */
  public List<RootKey> rootKeys(Collection<Long> ids) {
    return new TagTable(handle).keys(ids);
  }

  /** The roots of exactly this name. */
  public List<LedgerRoot> rootsNamed(String name) {
    return new TagTable(handle).named(name);
  }

  /** The roots that name this content. */
  public List<LedgerRoot> rootsOf(Content content) {
    return new TagTable(handle).naming(List.of(content.id()));
  }

  public Optional<Content> content(Digest digest) {
    return new ContentTable(handle).find(digest);
  }

  /** Contents whose digest's text begins so, at most {@code limit}. */
  public List<Content> contentsLike(String prefix, int limit) {
    return new ContentTable(handle).findPrefix(prefix, limit);
  }

  /** An edge seen from its holder. */
  public record Below(
      long holderId, Role role, String mediaType, String platform, Content content) {}

  /** The edges of these holders, in the order of the holders' JSON. */
  public List<Below> below(Collection<Long> holders) {
    return Rows.query(
            handle,
            """
            SELECT edge.holder_id, edge.role, COALESCE(media_type.name, ''),
              COALESCE(edge.platform, ''), content.id, content.digest, content.size_bytes,
              content.allocated_bytes, content.state, content.form, content.ref_count
            FROM edge
            JOIN content ON content.id = edge.held_id
            LEFT JOIN media_type ON media_type.id = edge.media_type_id
            WHERE edge.holder_id = ANY (:ids)
            ORDER BY edge.holder_id, edge.position, edge.role
            """,
            Rows.ids(holders))
        .map(
            rs ->
                new Below(
                    rs.getLong(1),
                    Role.of(rs.getString(2)),
                    rs.getString(3),
                    rs.getString(4),
                    Content.read(rs, 5)))
        .list();
  }

  /** An edge, by the ids of its ends. */
  public record Link(long heldId, Role role, long holderId) {}

  /** The edges by which these are held. */
  public List<Link> holders(Collection<Long> held) {
    return new EdgeTable(handle).holders(held);
  }

  /** The edges by which this is held, or so many of them. */
  public List<Link> holders(long held, int enough) {
    return new EdgeTable(handle).holders(held, enough);
  }

  /**
   * What weak roots that name these speak of, and so hold them; there may be an edge that says so.
   */
  public List<Link> subjects(Collection<Long> named) {
    return new TagTable(handle).subjects(named);
  }

  /** An edge seen from what it holds. */
  public record Above(Role role, Content holder) {}

  /** What holds this: the edges, and the subjects of weak roots that name it. */
  public List<Above> above(Content content) {
    List<Long> held = List.of(content.id());
    List<Link> links = new ArrayList<>(holders(held));
    for (Link weak : subjects(held)) {
      if (links.stream()
          .noneMatch(l -> l.role() == weak.role() && l.holderId() == weak.holderId())) {
        links.add(weak);
      }
    }
    Map<Long, Content> holders = contents(links.stream().map(Link::holderId).toList());
    return links.stream()
        .map(link -> new Above(link.role(), Objects.requireNonNull(holders.get(link.holderId()))))
        .toList();
  }

  /** A root and the content that it names, by their ids. */
  public record Naming(long rootId, long contentId, boolean weak) {}

  /** Which roots name these, however many they are; weak ones too. */
  public List<Naming> naming(Collection<Long> contents) {
    return new TagTable(handle).namingByIds(contents);
  }

  /** The contents with these ids, by them. */
  public Map<Long, Content> contents(Collection<Long> ids) {
    Map<Long, Content> contents = new HashMap<>();
    new ContentTable(handle).find(ids).forEach(content -> contents.put(content.id(), content));
    return contents;
  }

  /** The roots that speak of one of these as their subject. */
  public List<LedgerRoot> rootsSpeakingOf(Collection<Digest> subjects) {
    return new TagTable(handle).speakingOf(subjects);
  }

  /** Repositories of a registry where manifests that hold this were pushed, a few of them. */
  public List<String> repositoriesWith(Content content, String registry) {
    return new PushedTable(handle).repositoriesWith(content.id(), registry);
  }

  /** Names that begin so, of roots that hold this within two edges, a few of them. */
  public List<String> namesHolding(Content content, String prefix) {
    return new TagTable(handle).namesHolding(content.id(), prefix);
  }

  /** The owners of the leases that name any of these: transfers that are under way. */
  public List<String> leaseOwners(Collection<Long> contents) {
    return new LeaseTable(handle).owners(contents);
  }

  /** Where these were pushed, the oldest first. */
  public List<Pushed> pushed(Collection<Digest> digests) {
    return new PushedTable(handle).of(digests);
  }

  /** Where what the roots name was pushed, the oldest first. */
  public List<Pushed> pushedRoots() {
    return PushedTable.ofRoots(handle.tables());
  }

  /** The child edges of an index with their platforms, joined by commas. */
  public Map<EdgeKey, String> platforms(Content index) {
    Map<EdgeKey, String> platforms = new LinkedHashMap<>();
    new EdgeTable(handle)
        .childrenOf(index.id())
        .forEach(child -> platforms.put(child.key(), child.platforms()));
    return platforms;
  }

  /** The edges by which subjects hold this referrer. */
  public List<EdgeKey> subjectsOf(Content referrer) {
    return new EdgeTable(handle).subjectsOf(referrer.id());
  }

  /** All roots with what they use, in the order of {@link #roots}. */
  public List<RootUsage> usages() {
    return Space.of(handle.connection()).readingOnce(() -> TagTable.usages(handle.tables()));
  }

  /** All that is on disk and who reaches it; reads the whole ledger. */
  public StoreMap map() {
    return new StoreMapReading(handle).read();
  }

  /**
   * What lay in the blob folders when they were last listed and is no blob by its name: paths below
   * the store's root, percent-encoded.
   */
  public List<String> strays() {
    return new StrayTable(handle).paths();
  }

  /** What transfers hold and no plain root reaches. */
  public Size leased() {
    UsageGraph leased = new UsageGraph(handle);
    leased.load(
        handle
            .sql("SELECT DISTINCT content_id FROM lease_content")
            .map(rs -> rs.getLong(1))
            .list());
    return leased.nodes().stream()
        .filter(node -> node.sole() == UsageGraph.NONE)
        .map(UsageGraph.Node::size)
        .reduce(Size.ZERO, Size::plus);
  }

  /**
   * The view {@code disk_usage}.
   *
   * @param all the blobs that are here
   * @param held of those, what something holds
   * @param orphans what nothing holds
   * @param condemned what is about to go
   * @param absent how many are named and not here
   */
  public record DiskUsage(
      long blobs,
      Size all,
      Size held,
      long orphanBlobs,
      Size orphans,
      long condemnedBlobs,
      Size condemned,
      long absent) {}

  public DiskUsage diskUsage() {
    return handle
        .sql(
            """
            SELECT blobs, bytes, allocated_bytes, held_bytes, held_allocated_bytes, orphan_blobs,
              orphan_bytes, orphan_allocated_bytes, condemned_blobs, condemned_bytes,
              condemned_allocated_bytes, absent
            FROM disk_usage
            """)
        .map(
            rs ->
                new DiskUsage(
                    rs.getLong(1),
                    Content.size(rs, 2),
                    Content.size(rs, 4),
                    rs.getLong(6),
                    Content.size(rs, 7),
                    rs.getLong(9),
                    Content.size(rs, 10),
                    rs.getLong(12)))
        .one();
  }

  /** Held as manifests or indexes, and not readable as such. */
  public List<Content> damaged() {
    return new DamageTable(handle).all();
  }

  /** Since when what was held once is held by nothing. */
  public Map<Digest, Instant> unheld() {
    Map<Digest, Instant> unheld = new HashMap<>();
    handle
        .sql(
            """
            SELECT content.digest, unheld.since
            FROM unheld
            JOIN content ON content.id = unheld.content_id
            """)
        .map(rs -> Map.entry(Content.digest(rs.getString(1)), Rows.instant(rs, 2)))
        .forEach(entry -> unheld.put(entry.getKey(), entry.getValue()));
    return unheld;
  }

  /** What was done, newest first. */
  public List<Event> history(int limit) {
    return new EventTable(handle).newest(limit);
  }

  /** How large the store was, oldest first. */
  public List<UsageSample> samples() {
    return new SampleTable(handle).all();
  }

  /** About how long a compact file with these rows is; counted without reading them. */
  long roughBytes() {
    return 140 * handle.tables().entries("content") + 45 * handle.tables().entries("edge");
  }

  /** What a rebuild from the disk could not know. */
  public CensusLoad.Memory memory() {
    return new CensusLoad.Memory(
        history(Integer.MAX_VALUE), samples(), unheld(), new PushedTable(handle).all());
  }

  /** Compares the ledger with what a look at the whole disk has counted. */
  public CensusComparison.Result compare(Tally tally) {
    return new CensusComparison(handle, tally).compare();
  }

  /**
   * Answers one query as a user who may read the tables and nothing else.
   *
   * @throws io.github.ocigc.oci.OcigcException.Unusable with the database's own words if it cannot
   */
  public Answer select(String sql) {
    return new ReaderQuery(handle).run(sql);
  }

  /** A query's result. Cells are as the database has them; null for NULL. */
  public record Answer(List<String> columns, List<List<Optional<Object>>> rows) {
    public Answer {
      columns = List.copyOf(columns);
      rows = List.copyOf(new ArrayList<>(rows));
    }
  }
}
