package io.github.ocigc.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the quick scan and the search make of an index is what the parser makes of it. */
class IndexScanTest {
  private static final Digest WANTED = Hash.sha256("wanted".getBytes(StandardCharsets.UTF_8));
  private static final Digest OTHER = Hash.sha256("other".getBytes(StandardCharsets.UTF_8));

  /** One more than are searched for. */
  private static final List<Digest> DIGESTS =
      IntStream.rangeClosed(0, IndexSearch.MOST_DIGESTS)
          .mapToObj(i -> Hash.sha256(new byte[] {(byte) i}))
          .toList();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"manifests\":[{\"digest\":\"%1$s\",\"size\":1}]}",
        "{ \"schemaVersion\" : 2 , \"manifests\" : [ { \"digest\" : \"%1$s\" } , {\"digest\":\"%2$s\"} ] }",
        "{\"manifests\":[{\"annotations\":{\"a\":\"%1$s\"},\"digest\":\"%2$s\"}]}",
        "{\"manifests\":[{\"x\":[{\"digest\":\"%1$s\"}],\"digest\":\"%2$s\"},{\"digest\":\"%1$s\"}]}",
        "{\"manifests\":[{\"a\":\"}]{[\\\"\\\\\",\"digest\":\"%1$s\"},{\"digest\":\"%1$s\"}],\"z\":{}}",
        "{\"annotations\":{\"manifests\":[{\"digest\":\"%1$s\"}]},\"manifests\":[{\"digest\":\"%2$s\"}]}",
        "{\"a\":\"manifests\",\"manifests\":[{\"digest\":\"%1$s\"}]}",
        "{\"\\u006danifests\":[{\"digest\":\"%1$s\"}]}",
        "{\"manifests\":[{\"digest\":\"%1$s\"},{\"digest\":\"s\\u0068a256:%3$s\"}]}",
        "{\"manifests\":[{\"d\\u0069gest\":\"%1$s\"},{\"digest\":\"%2$s\"}]}",
        "{\"manifests\":[],\"mediaType\":\"%1$s\"}",
        "{\"manifests\":null}",
        "{}"
      })
  void agreesWithTheParser(String text) throws IOException {
    byte[] bytes = text.formatted(WANTED, OTHER, WANTED.encoded()).getBytes(StandardCharsets.UTF_8);

    assertAgrees(bytes, Set.of(WANTED));
    assertAgrees(bytes, Set.of(WANTED, OTHER));
  }

  @Test
  void whatNoIndexHasIsLeftToTheParser() {
    String text = "{\"manifests\":[{\"digest\":\"%s\"},\"x\",{\"digest\":\"%s\"}]}";
    byte[] bytes = text.formatted(OTHER, WANTED).getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> IndexJson.readNaming(bytes, Set.of(WANTED)))
        .isInstanceOf(IOException.class)
        .hasMessage("an entry of manifests is not an object");
  }

  @Test
  void agreesOnAnyIndex() throws IOException {
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = index(random, false);

      assertAgrees(bytes, Set.of(DIGESTS.get(0), DIGESTS.get(1)));
    }
  }

  @Test
  void agreesOnAnyIndexWithoutOtherArraysAndEscapes() throws IOException {
    for (int seed = 0; seed < 4_000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = index(random, true);
      Set<Digest> wanted =
          random.nextBoolean()
              ? Set.of(DIGESTS.get(0))
              : Set.of(DIGESTS.get(1), DIGESTS.get(2), DIGESTS.get(3));

      assertAgrees(bytes, wanted);
      assertThat(IndexSearch.find(bytes, wanted)).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"manifests\":[{\"digest\":\"%1$s\",\"os.features\":[]}]}",
        "{\"manifests\":[{\"digest\":\"%1$s\",\"a\":\"\\n\"}]}",
        "{\"manifests\":[{\"digest\":\"%1$s\",\"a\":\"]\"}]}",
        "{\"a\":\"[\",\"manifests\":[{\"digest\":\"%1$s\"}]}",
        "{\"a\":\"[ \\\"manifests\\\":[\",\"manifests\":null,\"b\":\"]\"}",
        "{\"manifests\":null,\"a\":[{\"digest\":\"%1$s\"}]}",
        "{\"a\":{\"manifests\":[{\"digest\":\"%1$s\"}]}}",
        "{\"a\":\"manifests\",\"b\":[{\"digest\":\"%1$s\"}]}",
        "{\"manifests\":null,\"a\":\"[\",\"manifests\":null,\"b\":\"]\"}"
      })
  void onlyAPlainIndexIsSearched(String text) throws IOException {
    byte[] bytes = text.formatted(WANTED).getBytes(StandardCharsets.UTF_8);

    assertThat(IndexSearch.find(bytes, Set.of(WANTED))).isEmpty();
  }

  @Test
  void manyDigestsAreNotSearched() throws IOException {
    byte[] bytes = "{\"manifests\":[]}".getBytes(StandardCharsets.UTF_8);

    assertThat(IndexSearch.find(bytes, Set.copyOf(DIGESTS))).isEmpty();
    assertThat(IndexSearch.find(bytes, Set.copyOf(DIGESTS.subList(1, DIGESTS.size())))).isPresent();
  }

  /** Longer than what is looked through in short strides. */
  @Test
  void findsEachOfManyEntries() throws IOException {
    List<Digest> digests = new ArrayList<>();
    StringBuilder text = new StringBuilder("{\"manifests\": [\n ");
    for (int i = 0; i < 400; i++) {
      digests.add(Hash.sha256(("entry " + i).getBytes(StandardCharsets.UTF_8)));
      text.append(i == 0 ? "" : ",\n ").append("{\"digest\":\"").append(digests.get(i));
      text.append("\",\"annotations\":{\"n\":\"").append("x".repeat(i % 90)).append("\"}}");
    }
    byte[] bytes = text.append("\n]}").toString().getBytes(StandardCharsets.UTF_8);

    for (Digest digest : digests) {
      assertAgrees(bytes, Set.of(digest));
    }
    assertAgrees(bytes, Set.of(digests.get(0), digests.get(1), digests.get(399)));
  }

  @Test
  void aBracketIsSeenWhereverStridesMeet() throws IOException {
    for (int length = 32_650; length < 32_850; length++) {
      String text = "{\"manifests\":[{\"digest\":\"%s\",\"a\":\"%s%s\"}]}";
      String blank = "x".repeat(length);
      byte[] plain = text.formatted(WANTED, blank, "x").getBytes(StandardCharsets.UTF_8);
      byte[] other = text.formatted(WANTED, blank, "]").getBytes(StandardCharsets.UTF_8);

      assertThat(IndexSearch.find(plain, Set.of(WANTED))).isPresent();
      assertThat(IndexSearch.find(other, Set.of(WANTED))).isEmpty();
    }
  }

  private static byte[] index(Random random, boolean plain) {
    StringBuilder text = new StringBuilder("{");
    members(random, text, random.nextInt(3), plain);
    text.append("\"manifests\"").append(blank(random)).append(':').append(blank(random));
    text.append('[');
    int entries = random.nextInt(5);
    for (int i = 0; i < entries; i++) {
      text.append(i == 0 ? "" : ",").append(blank(random)).append('{');
      members(random, text, random.nextInt(3), plain);
      text.append("\"digest\":\"").append(anyDigest(random)).append("\"}").append(blank(random));
    }
    text.append(blank(random)).append("],\"last\":\"").append(anyDigest(random)).append("\"}");
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Digest anyDigest(Random random) {
    return DIGESTS.get(random.nextInt(4));
  }

  private static void members(Random random, StringBuilder text, int count, boolean plain) {
    for (int i = 0; i < count; i++) {
      text.append("\"m").append(i).append("\":").append(blank(random));
      switch (random.nextInt(plain ? 6 : 8)) {
        case 0 -> text.append("\"").append(anyDigest(random)).append("\"");
        case 1 -> text.append("{\"").append(anyDigest(random)).append("\" : {}, \"\":\"{\"}");
        case 2 -> text.append("{\"a\":{\"digest\":\"").append(anyDigest(random)).append("\"}}");
        case 3 -> text.append("\",{:}} manifests\"");
        case 4 -> text.append("\"\u00e9").append(anyDigest(random)).append("\"");
        case 5 -> text.append("-1.5e3");
        case 6 -> text.append("[1,{\"a\":[]},\"]\", {\"manifests\":[{\"digest\":\"x\"}]}]");
        default -> text.append("\"{[\\\"\\\\\u00e9]}\"");
      }
      text.append(',').append(blank(random));
    }
  }

  private static String blank(Random random) {
    return List.of("", " ", "\n  ", "\t\r").get(random.nextInt(4));
  }

  /** The wanted entries are read in full, the others are in the same places or left together. */
  private static void assertAgrees(byte[] bytes, Set<Digest> wanted) throws IOException {
    IndexJson parsed = IndexJson.read(bytes);
    String text = new String(bytes, StandardCharsets.UTF_8);
    for (IndexJson found : ways(bytes, wanted)) {
      assertThat(List.of(found.from(), found.to())).isEqualTo(List.of(parsed.from(), parsed.to()));
      assertThat(read(found, wanted)).as(text).isEqualTo(read(parsed, wanted));
      assertThat(rewritten(found, wanted)).as(text).isEqualTo(rewritten(parsed, wanted));
    }
    Optional<IndexJson> scanned = IndexScan.find(bytes, wanted);
    if (scanned.isPresent()) {
      assertThat(places(scanned.get())).as(text).isEqualTo(places(parsed));
    }
  }

  private static List<IndexJson> ways(byte[] bytes, Set<Digest> wanted) throws IOException {
    List<IndexJson> ways = new ArrayList<>();
    ways.add(IndexJson.readNaming(bytes, wanted));
    IndexScan.find(bytes, wanted).ifPresent(ways::add);
    IndexSearch.find(bytes, wanted).ifPresent(ways::add);
    return ways;
  }

  private static List<IndexJson.Entry> read(IndexJson index, Set<Digest> wanted) {
    return index.entries().stream().filter(entry -> isWanted(entry, wanted)).toList();
  }

  private static List<List<Integer>> places(IndexJson index) {
    return index.entries().stream().map(entry -> List.of(entry.from(), entry.to())).toList();
  }

  private static String rewritten(IndexJson index, Set<Digest> wanted) {
    StringBuilder text = new StringBuilder();
    index
        .rewrite(entry -> isWanted(entry, wanted), List.of("{}"))
        .forEach(piece -> text.append(StandardCharsets.ISO_8859_1.decode(piece)));
    return text.toString();
  }

  private static boolean isWanted(IndexJson.Entry entry, Set<Digest> wanted) {
    return wanted.stream().anyMatch(digest -> digest.toString().equals(entry.digest()));
  }
}
