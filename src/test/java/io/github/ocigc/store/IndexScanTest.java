package io.github.ocigc.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the quick scan makes of an index is what the parser makes of it. */
class IndexScanTest {
  private static final Digest WANTED = Hash.sha256("wanted".getBytes(StandardCharsets.UTF_8));
  private static final Digest OTHER = Hash.sha256("other".getBytes(StandardCharsets.UTF_8));

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
      List<Digest> digests = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        digests.add(Hash.sha256(new byte[] {(byte) i}));
      }
      StringBuilder text = new StringBuilder("{");
      members(random, text, random.nextInt(3), digests);
      text.append("\"manifests\"").append(blank(random)).append(':').append(blank(random));
      text.append('[');
      int entries = random.nextInt(5);
      for (int i = 0; i < entries; i++) {
        text.append(i == 0 ? "" : ",").append(blank(random)).append('{');
        members(random, text, random.nextInt(3), digests);
        text.append("\"digest\":\"").append(digests.get(random.nextInt(4))).append("\"}");
      }
      text.append(blank(random)).append("],\"last\":0}");
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);

      assertAgrees(bytes, Set.of(digests.get(0), digests.get(1)));
    }
  }

  private static void members(Random random, StringBuilder text, int count, List<Digest> digests) {
    for (int i = 0; i < count; i++) {
      text.append("\"m").append(i).append("\":").append(blank(random));
      switch (random.nextInt(5)) {
        case 0 -> text.append("\"").append(digests.get(random.nextInt(4))).append("\"");
        case 1 -> text.append("\"{[\\\"\\\\\u00e9]}\"");
        case 2 -> text.append("[1,{\"a\":[]},\"]\"]");
        case 3 -> text.append("{\"manifests\":[{\"digest\":\"x\"}]}");
        default -> text.append("-1.5e3");
      }
      text.append(',').append(blank(random));
    }
  }

  private static String blank(Random random) {
    return List.of("", " ", "\n  ", "\t\r").get(random.nextInt(4));
  }

  /** The wanted entries are read in full, the others are in the same places. */
  private static void assertAgrees(byte[] bytes, Set<Digest> wanted) throws IOException {
    IndexJson parsed = IndexJson.read(bytes);
    IndexJson scanned = IndexJson.readNaming(bytes, wanted);
    String text = new String(bytes, StandardCharsets.UTF_8);
    assertThat(scanned.entries()).as(text).hasSameSizeAs(parsed.entries());
    for (int i = 0; i < parsed.entries().size(); i++) {
      IndexJson.Entry whole = parsed.entries().get(i);
      IndexJson.Entry quick = scanned.entries().get(i);
      assertThat(List.of(quick.from(), quick.to())).isEqualTo(List.of(whole.from(), whole.to()));
      if (wanted.stream().anyMatch(digest -> digest.toString().equals(whole.digest()))) {
        assertThat(quick).as(text).isEqualTo(whole);
      }
    }
    assertThat(rewritten(scanned, wanted)).as(text).isEqualTo(rewritten(parsed, wanted));
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
