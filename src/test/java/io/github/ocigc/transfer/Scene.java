package io.github.ocigc.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ocigc.fixture.AtRest;
import io.github.ocigc.fixture.FakeRegistry;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Offer;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Program.Run;
import io.github.ocigc.fixture.StoreFiles;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** A registry with images, a store that nobody has made yet, and the program on it. */
final class Scene implements AutoCloseable {
  static final int MIB = 1 << 20;

  final FakeRegistry registry = FakeRegistry.start();
  final LayoutFixture images;
  final Offer offer;
  final Path store;
  final Program program;

  Scene(Path folder) {
    images = new LayoutFixture(folder.resolve("images"));
    offer = new Offer(registry, images);
    store = folder.resolve("store");
    program = new Program(store);
  }

  /** Offers an image of one layer on a base that all such images share. */
  String image(String repository, String tag) {
    return offer.tag(repository, tag, built(repository + tag));
  }

  Item built(String label) {
    return images.image(label).layer(images.layer("base")).layer(images.layer(label)).item();
  }

  /** A layer of so many bytes that do not repeat. */
  Item large(int bytes) {
    byte[] content = new byte[bytes];
    new Random(bytes).nextBytes(content);
    return images.blob(LayoutFixture.LAYER, content);
  }

  Set<String> blobs() {
    return LayoutFixture.blobs(store);
  }

  /** What {@code ls} says, but for the time. */
  String listed() {
    StringBuilder text = new StringBuilder();
    program
        .done("ls")
        .forEach(
            line ->
                text.append(line.path("reference").asText())
                    .append(' ')
                    .append(line.path("digest").asText())
                    .append('\n'));
    return text.toString();
  }

  /** Runs what has to fail with 2, 3 or 4, and insists that no file came, went or changed. */
  String refuses(int code, String... args) {
    Map<String, String> before = StoreFiles.everything(store);
    String listed = listed();
    String error = fails(code, args);
    assertThat(StoreFiles.everything(store)).as("files").isEqualTo(before);
    assertThat(listed()).isEqualTo(listed);
    assertThat(program.findings()).isEmpty();
    return error;
  }

  /** Runs what has to fail for the registry, and insists that at most unheld blobs came. */
  String breaks(String... args) {
    Map<String, String> before = StoreFiles.everything(store);
    String listed = listed();
    String error = fails(6, args);
    Map<String, String> after = new TreeMap<>(StoreFiles.everything(store));
    after.keySet().removeIf(file -> file.startsWith("blobs/") && !before.containsKey(file));
    assertThat(after).as("files").isEqualTo(before);
    assertThat(listed()).isEqualTo(listed);
    assertThat(program.json("check").exitCode()).isZero();
    assertThat(program.findings()).allMatch(kind -> kind.equals("orphan_blob"));
    return error;
  }

  private String fails(int code, String... args) {
    Run run = program.json(args);
    assertThat(run.exitCode()).as(Arrays.toString(args) + run.out() + run.err()).isEqualTo(code);
    String word = Map.of(2, "usage", 3, "not_found", 4, "corrupt", 6, "registry").get(code);
    JsonNode error = run.json().path("error");
    assertThat(error.path("code").asText()).isEqualTo(word);
    return error.path("message").asText();
  }

  /** So many bytes of a blob were asked for, by all requests together. */
  long asked(Item blob) {
    long bytes = 0;
    for (var request : registry.requests("GET /v2/")) {
      if (request.path().endsWith("/blobs/" + blob.digest())) {
        String range = request.header("Range").orElse("bytes=0-");
        bytes += blob.size() - Long.parseLong(range.replaceAll("[^0-9]", ""));
      }
    }
    return bytes;
  }

  /** Nothing of a transfer is left but these. */
  void assertAtRest(String... besides) {
    AtRest.assertNothingLeft(store, besides);
  }

  @Override
  public void close() {
    registry.close();
  }
}
