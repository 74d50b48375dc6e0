package io.github.ocigc.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ocigc.cli.shell.Quoted;
import io.github.ocigc.engine.DiskUsage;
import io.github.ocigc.engine.Picture;
import io.github.ocigc.ledger.RootUsage;
import io.github.ocigc.ledger.StoreMap;
import io.github.ocigc.ledger.UsageSample;
import io.github.ocigc.oci.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the page of {@code report} draws; its script says what is where. The largest blobs are
 * listed, and of each the first images that use it; the rest is summed up, so that a page of a
 * hundred thousand blobs stays usable.
 */
final class ReportJson {
  private static final int LISTED_BLOBS = 20_000;
  private static final int LISTED_IMAGES = 1_000;
  private static final int LISTED_GAINS = 100;
  private static final int DRAWN_SAMPLES = 2_000;

  /** The last one is for all above. */
  private static final int[] BUCKETS = {1, 2, 3, 5, 10, 100, 1_000, Integer.MAX_VALUE};

  private final Picture.Report picture;
  private final List<RootUsage> roots;
  private final int[] repositoryOf;
  private final List<Integer> firstOfRepository = new ArrayList<>();

  ReportJson(Picture.Report picture) {
    this.picture = picture;
    this.roots = picture.map().roots();
    this.repositoryOf = new int[roots.size()];
    Map<List<String>, Integer> numbers = new HashMap<>();
    for (int i = 0; i < roots.size(); i++) {
      boolean named = roots.get(i).key().tagged();
      List<String> key = named ? List.of(roots.get(i).repository()) : List.of();
      int first = i;
      repositoryOf[i] =
          numbers.computeIfAbsent(
              key,
              k -> {
                firstOfRepository.add(first);
                return firstOfRepository.size() - 1;
              });
    }
  }

  ObjectNode of(DiskUsage.Others others, Instant at) {
    ObjectNode json = Json.object();
    json.put("folder", picture.folder());
    json.put("kind", picture.kind());
    json.put("at", at.toString());
    json.set("usage", UsageJson.sums(picture.usage(), others));
    json.set("references", references());
    ArrayNode repositories = json.putArray("repositories");
    firstOfRepository.forEach(repositories::add);
    List<StoreMap.Blob> largestFirst = new ArrayList<>(picture.map().blobs());
    largestFirst.sort(
        Comparator.comparingLong((StoreMap.Blob blob) -> blob.size().bytes())
            .reversed()
            .thenComparing(StoreMap.Blob::digest));
    int listed = Math.min(LISTED_BLOBS, largestFirst.size());
    ArrayNode blobs = json.putArray("blobs");
    largestFirst.subList(0, listed).forEach(blob -> add(blobs, blob));
    json.set("rest", rest(largestFirst.subList(listed, largestFirst.size())));
    json.set("sharing", sharing());
    ArrayNode samples = json.putArray("samples");
    List<UsageSample> all = picture.samples();
    int step = 1 + all.size() / DRAWN_SAMPLES;
    for (int i = (all.size() + step - 1) % step; i < all.size(); i += step) { // the last one, too
      UsageSample sample = all.get(i);
      samples
          .addArray()
          .add(sample.at().toEpochMilli())
          .add(sample.size().bytes())
          .add(sample.roots())
          .add(sample.action());
    }
    json.set("free", gains());
    return json;
  }

  private ArrayNode references() {
    ArrayNode references = Json.array();
    for (RootUsage usage : roots) {
      references
          .addArray()
          .add(orNull(usage.key().name()))
          .add(orNull(usage.repository()))
          .add(usage.key().digest().toString())
          .add(orNull(usage.created()))
          .add(usage.totalBytes())
          .add(usage.uniqueBytes());
    }
    return references;
  }

  @SuppressWarnings("NullAway") // a JSON null
  private static String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private void add(ArrayNode blobs, StoreMap.Blob blob) {
    ArrayNode node = blobs.addArray();
    node.add(blob.digest().toString());
    node.add(blob.size().bytes());
    node.add(blob.role().map(Role::label).orElse(""));
    node.add(kind(blob));
    node.add(repository(blob));
    node.add(blob.reachedBy().size());
    ArrayNode images = node.addArray();
    blob.reachedBy().stream().limit(LISTED_IMAGES).forEach(images::add);
  }

  private static String kind(StoreMap.Blob blob) {
    return switch (blob.reachedBy().size()) {
      case 0 -> blob.condemned() || blob.leased() ? "other" : "orphan";
      case 1 -> "own";
      default -> "shared";
    };
  }

  /** The only repository whose images use it, or -1. */
  private int repository(StoreMap.Blob blob) {
    List<Integer> images = blob.reachedBy();
    return images.stream().mapToInt(image -> repositoryOf[image]).distinct().limit(2).count() == 1
        ? repositoryOf[images.get(0)]
        : -1;
  }

  private record Place(String kind, int repository, int image) {}

  private ArrayNode rest(List<StoreMap.Blob> small) {
    Map<Place, long[]> sums = new LinkedHashMap<>();
    for (StoreMap.Blob blob : small) {
      int image = blob.reachedBy().size() == 1 ? blob.reachedBy().get(0) : -1;
      long[] sum =
          sums.computeIfAbsent(
              new Place(kind(blob), repository(blob), image), place -> new long[2]);
      sum[0]++;
      sum[1] += blob.size().bytes();
    }
    ArrayNode rest = Json.array();
    sums.forEach(
        (place, sum) ->
            rest.addArray()
                .add(place.kind())
                .add(place.repository())
                .add(place.image())
                .add(sum[0])
                .add(sum[1]));
    return rest;
  }

  /** Bytes by how many images use them, up to the most that there are. */
  private ArrayNode sharing() {
    long[] bytes = new long[BUCKETS.length];
    int last = 0;
    for (StoreMap.Blob blob : picture.map().blobs()) {
      int bucket = 0;
      while (blob.reachedBy().size() > BUCKETS[bucket]) {
        bucket++;
      }
      if (!blob.reachedBy().isEmpty()) {
        bytes[bucket] += blob.size().bytes();
        last = Math.max(last, bucket);
      }
    }
    ArrayNode sharing = Json.array();
    for (int bucket = 0; bucket <= last; bucket++) {
      sharing.addArray().add(label(bucket)).add(bytes[bucket]);
    }
    return sharing;
  }

  private static String label(int bucket) {
    int to = BUCKETS[bucket];
    int from = bucket == 0 ? 1 : BUCKETS[bucket - 1] + 1;
    if (to == Integer.MAX_VALUE) {
      return "over " + (from - 1);
    }
    return from == to ? Integer.toString(to) : from + " to " + to;
  }

  /** What each command would give back by itself, the most first. */
  private ArrayNode gains() {
    record Gain(long bytes, String what, String command) {}
    String program = "ocigc-ledger --store " + Quoted.asNeeded(picture.folder()) + " ";
    List<Gain> gains = new ArrayList<>();
    long orphans = picture.usage().store().orphanBlobs();
    if (orphans > 0) {
      gains.add(
          new Gain(
              picture.usage().store().orphans().bytes(),
              Plain.count(orphans, "blob") + " that nothing holds, once older than an hour",
              program + "prune --orphans"));
    }
    for (RootUsage usage : roots) {
      if (usage.uniqueBytes() > 0) {
        String name = usage.key().name();
        boolean sayable = !name.isEmpty() && Plain.line(name).equals(name);
        gains.add(
            new Gain(
                usage.uniqueBytes(),
                name.isEmpty() ? "<untagged>" : name,
                program
                    + "delete "
                    + Quoted.asNeeded(sayable ? name : usage.key().digest().toString())));
      }
    }
    gains.sort(Comparator.comparingLong(Gain::bytes).reversed());
    ArrayNode free = Json.array();
    gains.stream()
        .limit(LISTED_GAINS)
        .forEach(gain -> free.addArray().add(gain.bytes()).add(gain.what()).add(gain.command()));
    return free;
  }
}
