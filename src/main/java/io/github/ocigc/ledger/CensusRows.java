package io.github.ocigc.ledger;

import io.github.ocigc.oci.Role;
import io.github.ocigc.oci.Root;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows that a tally makes in the large tables: contents, edges and tags. */
final class CensusRows {
  static final List<String> TABLES = List.of("CONTENT", "EDGE", "TAG");

  private static final Pattern TAG_OR_DIGEST = Pattern.compile("[:/@]");
  private static final Pattern FROM_TAG_ON = Pattern.compile("(:[^:/@]*)?(@.*)?$");

  private final Tally tally;
  private final Census census;
  private final RowIds rows;
  private final UsageTally usage;
  private final Map<String, Integer> mediaTypes = new LinkedHashMap<>();
  private final Meanwhile<int[]> byDigest;

  /** Begins to sort on another core, and works out the rest here. */
  CensusRows(Tally tally) {
    this.tally = tally;
    this.census = tally.census;
    this.byDigest = new Meanwhile<>(census.digests::inOrder);
    this.usage = new UsageTally(tally);
    this.rows = new RowIds(tally);
    Stream.concat(
            census.words().stream().map(Census.LinkWords::mediaType),
            census.roots.stream().map(Root::mediaType))
        .map(MediaTypes::shortened)
        .filter(name -> !name.isEmpty())
        .forEach(name -> mediaTypes.putIfAbsent(name, mediaTypes.size() + 1));
  }

  RowIds rows() {
    return rows;
  }

  UsageTally usage() {
    return usage;
  }

  /** Their ids by their names, from 1. */
  Map<String, Integer> mediaTypes() {
    return mediaTypes;
  }

  /**
   * Nobody has been told whether the last of what was filled reached the file.
   *
   * @throws IllegalStateException if it did not
   */
  void requireIn(Catalogue catalogue) {
    catalogue.table("CONTENT").requireRows(rows.order().length);
    catalogue.table("EDGE").requireRows(tally.sums().edges());
    catalogue.table("TAG").requireRows(tally.roots());
  }

  /** Fills the tables, contents and the others at once. */
  void fill(BulkLoad bulk) {
    Meanwhile<BulkLoad> others =
        new Meanwhile<>(
            () -> {
              tags(bulk);
              edges(bulk);
              return bulk;
            });
    try {
      contents(bulk);
      others.result();
    } finally {
      others.settle(); // nobody writes once we have given up
    }
  }

  private void contents(BulkLoad bulk) {
    BulkTable content =
        bulk.table(
            "CONTENT",
            "id",
            "digest",
            "size_bytes",
            "allocated_bytes",
            "state",
            "form",
            "ref_count",
            "created",
            "sole_tag_id");
    for (int number : rows.order()) {
      content.set(1, rows.id(number));
      content.set(2, census.digests.text(number));
      content.set(3, census.sizeBytes(number));
      content.set(4, census.allocatedBytes(number));
      content.set(
          5, (census.present(number) ? Content.State.PRESENT : Content.State.ABSENT).label());
      content.set(6, census.form(number).label());
      content.set(7, tally.refCounts[number]);
      content.set(8, ArrivalRows.shortened(census.created(number)));
      content.set(9, soleTag(usage.sole(number)));
      content.add();
    }
    BulkIndex index = content.index("digest");
    for (int number : byDigest.result()) {
      if (rows.id(number) > 0) {
        index.add(rows.id(number), census.digests.text(number));
      }
    }
    content.finish();
  }

  /** A root's row has its number plus 1. */
  private static @Nullable Integer soleTag(int root) {
    return root == UsageTally.SEVERAL ? null : root + 1;
  }

  private record NewEdge(
      long held, Role role, int position, @Nullable Integer mediaType, @Nullable String platform) {}

  /** Holder by holder, so that the index of their key grows along. */
  private void edges(BulkLoad bulk) {
    BulkTable edge =
        bulk.table("EDGE", "holder_id", "held_id", "role", "position", "media_type_id", "platform");
    BulkIndex byKey = edge.index("holder_id", "held_id", "role");
    Ints heldBy = new Ints();
    for (int holder : rows.order()) {
      for (NewEdge below : below(holder)) {
        edge.set(1, rows.id(holder));
        edge.set(2, below.held());
        edge.set(3, below.role().label());
        edge.set(4, below.position());
        edge.set(5, below.mediaType());
        edge.set(6, below.platform());
        byKey.add(edge.add(), rows.id(holder), below.held(), below.role().label());
        heldBy.add((int) below.held());
      }
    }
    byHeld(edge.index("held_id"), heldBy);
    edge.finish();
  }

  private List<NewEdge> below(int holder) {
    if (!tally.held(holder)) {
      return List.of();
    }
    List<NewEdge> below = new ArrayList<>();
    for (int i = 0; i < census.linkCount(holder); i++) {
      int link = census.firstLink(holder) + i;
      Census.LinkWords words = census.words(link);
      below.add(
          new NewEdge(
              rows.id(census.linkHeld.get(link)),
              census.role(link),
              census.position(link),
              mediaType(words.mediaType()),
              Rows.orNull(Counts.shortened(words.platform()))));
    }
    Ints referrers = census.referrers(holder);
    for (int i = 0; i < referrers.size(); i++) {
      below.add(new NewEdge(rows.id(referrers.get(i)), Role.REFERRER, 0, null, null));
    }
    below.sort(Comparator.comparingLong(NewEdge::held).thenComparing(edge -> edge.role().label()));
    return below;
  }

  private @Nullable Integer mediaType(String name) {
    return mediaTypes.get(MediaTypes.shortened(name));
  }

  /** What each row of edge holds, from row 1, in the order of what is held. */
  private void byHeld(BulkIndex index, Ints heldBy) {
    int[] next = new int[rows.order().length + 2]; // of what is held, where its next row goes
    for (int i = 0; i < heldBy.size(); i++) {
      next[heldBy.get(i) + 1]++;
    }
    for (int held = 1; held < next.length; held++) {
      next[held] += next[held - 1];
    }
    int[] sorted = new int[heldBy.size()];
    for (int i = 0; i < heldBy.size(); i++) {
      sorted[next[heldBy.get(i)]++] = i;
    }
    for (int i : sorted) {
      index.add(i + 1L, heldBy.get(i));
    }
  }

  private void tags(BulkLoad bulk) {
    BulkTable tag =
        bulk.table(
            "TAG",
            "id",
            "name",
            "content_id",
            "media_type_id",
            "stamp",
            "subject",
            "weak",
            "total_bytes",
            "total_allocated_bytes",
            "unique_bytes",
            "unique_allocated_bytes",
            "created",
            "content_digest",
            "repository");
    BulkIndex byRoot = tag.index("name", "content_id");
    BulkIndex byContent = tag.index("content_id");
    BulkIndex bySubject = tag.index("subject");
    BulkIndex byWeakness = tag.index("weak", "subject");
    for (int i = 0; i < tally.weak.length; i++) {
      Root root = census.roots.get(i);
      String name = Rows.orNull(root.name());
      String subject = Rows.orNull(tally.rootSubject(i));
      long content = rows.id(tally.target(i));
      tag.set(1, i + 1L);
      tag.set(2, name);
      tag.set(3, content);
      tag.set(4, mediaType(root.mediaType()));
      tag.set(5, Rows.orNull(root.stamp()));
      tag.set(6, subject);
      tag.set(7, tally.weak[i]);
      tag.set(8, usage.total(i).bytes());
      tag.set(9, usage.total(i).allocatedBytes());
      tag.set(10, usage.unique(i).bytes());
      tag.set(11, usage.unique(i).allocatedBytes());
      tag.set(12, usage.created(i));
      tag.set(13, root.digest().toString());
      tag.set(14, name == null ? null : repository(name));
      long row = tag.add();
      byRoot.addLater(row, name, content);
      byContent.addLater(row, content);
      bySubject.addLater(row, subject);
      byWeakness.addLater(row, tally.weak[i], subject);
    }
    tag.finish();
  }

  /** As the database works out the column repository of a tag with a name. */
  private static String repository(String name) {
    return TAG_OR_DIGEST.matcher(name).find() ? FROM_TAG_ON.matcher(name).replaceAll("") : "";
  }
}
