package io.github.ocigc.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.Child;
import io.github.ocigc.fixture.Gate;
import io.github.ocigc.fixture.IndependentMark;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Shelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two pulls in two processes, each past its lease and before its last layer at the same time. */
class TwoPullsTest {
  @TempDir Path folder;
  private Shelf shelf;
  private Path store;
  private Item shared;
  private Gate gate;

  @BeforeEach
  void makeImages() throws IOException {
    shelf = new Shelf(folder.resolve("shelf"));
    shared = shelf.layer("shared", 2 << 20);
    for (String name : List.of("one", "two")) {
      shelf.layout().image(name).layer(shared).layers(2).tag();
    }
    shelf.publish();
    gate = shelf.gate(shared, 1 << 20);
    store = Files.createDirectory(folder.resolve("store"));
  }

  @AfterEach
  void close() {
    shelf.close();
  }

  private Child pulling(String image, String name) {
    return Child.running(store, "pull", shelf.reference(image), "--name", name);
  }

  private void together(Child first, Child second) {
    gate.awaitSomebody(2);
    assertThat(new Program(store).sql("SELECT id FROM lease")).hasSize(2);
    gate.open();
    for (Child child : List.of(first, second)) {
      assertThat(child.exitCode()).as(child.restOfErr()).isZero();
      child.close();
    }
  }

  private int countOfShared() {
    return new Program(store)
        .sql("SELECT ref_count FROM content WHERE digest = '" + shared.digest() + "'")
        .path(0)
        .path("ref_count")
        .asInt(-1);
  }

  private void assertNothingElse(String... names) {
    assertThat(AfterTransfers.names(store)).containsExactlyInAnyOrder(names);
    assertThat(LayoutFixture.blobs(store)).isEqualTo(IndependentMark.reachable(store));
    AfterTransfers.assertCleanAndTrue(store);
    assertThat(store.resolve(".ocigc/partial")).doesNotExist();
  }

  @Test
  void ofTheSameImageUnderTheSameName() {
    together(pulling("one", "app"), pulling("one", "app"));
    assertThat(countOfShared()).isEqualTo(1);
    assertNothingElse("app");
  }

  @Test
  void ofTheSameImageUnderTwoNames() {
    together(pulling("one", "app"), pulling("one", "again"));
    assertThat(countOfShared()).isEqualTo(1);
    assertNothingElse("app", "again");
  }

  @Test
  void ofTwoImagesThatShareALayer() {
    together(pulling("one", "one"), pulling("two", "two"));
    assertThat(countOfShared()).isEqualTo(2);
    assertNothingElse("one", "two");
    new Program(store).done("delete", "one");
    assertThat(countOfShared()).isEqualTo(1);
    assertNothingElse("two");
  }

  @Test
  void ofTwoImagesUnderOneName() {
    together(pulling("one", "app"), pulling("two", "app"));
    assertThat(AfterTransfers.names(store)).contains("app");
    AfterTransfers.assertCleanAndTrue(store);
  }

  @Test
  void theOneThatDiesLeavesTheOtherWhole() {
    try (Child first = pulling("one", "one");
        Child second = pulling("two", "two")) {
      gate.awaitSomebody(2);
      first.kill();
      new Program(store).done("ls");
      assertThat(new Program(store).sql("SELECT id FROM lease")).hasSize(1);
      gate.open();
      assertThat(second.exitCode()).as(second.restOfErr()).isZero();
    }
    new Program(store).done("ls");
    assertThat(AfterTransfers.names(store)).containsExactly("two");
    AfterTransfers.assertCleanAndTrue(store);
  }

  @Test
  void theFirstTwoIntoAnEmptyFolderWithoutAPause() {
    gate.open();
    try (Child first = pulling("one", "one");
        Child second = pulling("two", "two")) {
      assertThat(first.exitCode()).as(first.restOfErr()).isZero();
      assertThat(second.exitCode()).as(second.restOfErr()).isZero();
    }
    assertNothingElse("one", "two");
  }
}
