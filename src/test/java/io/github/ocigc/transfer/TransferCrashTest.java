package io.github.ocigc.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.Child;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Shelf;
import io.github.ocigc.fixture.StoreFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A transfer that dies at any step leaves the names as they were or as they should be, all that
 * they need, and at most contents that nothing holds; the same transfer again does the rest. Takes
 * turns between the two, or tries both after each step with {@code -Docigc.everyway=true}.
 */
class TransferCrashTest {
  @TempDir Path folder;
  private Shelf shelf;

  @BeforeEach
  void fillTheShelf() {
    shelf = Crossing.shelf(folder.resolve("shelf"));
  }

  @AfterEach
  void close() {
    shelf.close();
  }

  @ParameterizedTest
  @EnumSource(Crossing.class)
  void theNextCommandPutsTheStoreRight(Crossing crossing) {
    Path untouched = store(crossing, "untouched");
    Path finished = store(crossing, "finished");
    run(crossing, finished);
    AfterTransfers.assertClean(finished);
    int step = 1;
    while (died(crossing, step, untouched, finished)) {
      step++;
    }
    assertThat(step).as("%s reports steps", crossing).isGreaterThan(3);
  }

  private Path store(Crossing crossing, String name) {
    try {
      Path store = Files.createDirectory(folder.resolve(name));
      crossing.makeStore(store);
      return store;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean died(Crossing crossing, int step, Path untouched, Path finished) {
    boolean looks = (step + crossing.ordinal()) % 2 == 0;
    boolean both = Boolean.getBoolean("ocigc.everyway");
    boolean died = false;
    String where = crossing + ", step " + step;
    if (looks || both) {
      Path store = store(crossing, "looked-" + step);
      died = crash(crossing, step, store);
      look(where, store, untouched, finished);
    }
    if (!looks || both) {
      Path store = store(crossing, "repeated-" + step);
      died = crash(crossing, step, store);
      again(where, crossing, store, finished);
    }
    return died;
  }

  private boolean crash(Crossing crossing, int step, Path store) {
    try (Child child = Child.dyingAt(step, store, crossing.command(shelf))) {
      int code = child.exitCode();
      assertThat(code).as(child.restOfErr()).isIn(0, Child.KILLED);
      return code == Child.KILLED;
    }
  }

  private void look(String where, Path store, Path untouched, Path finished) {
    Program.Run ls = new Program(store).json("ls");
    if (!Files.exists(store.resolve("oci-layout")) && !Files.exists(store.resolve("indexes"))) {
      assertThat(ls.exitCode()).as("no store yet, %s: %s", where, ls.out()).isEqualTo(2);
      return;
    }
    assertThat(ls.exitCode()).as("%s: %s", where, ls.out()).isZero();
    AfterTransfers.assertCleanAndTrue(store);
    Path before = Files.exists(untouched.resolve(".ocigc")) ? untouched : store;
    Set<String> blobs = LayoutFixture.blobs(store);
    assertThat(roots(store)).as(where).isIn(roots(before), roots(finished));
    if (roots(store).equals(roots(finished))) {
      assertThat(blobs).as(where).containsAll(LayoutFixture.blobs(finished));
    } else {
      assertThat(blobs).as(where).containsAll(LayoutFixture.blobs(before));
    }
    assertThat(LayoutFixture.blobs(finished)).as("strange blobs, " + where).containsAll(blobs);
  }

  private void again(String where, Crossing crossing, Path store, Path finished) {
    run(crossing, store);
    assertThat(roots(store)).as("again, " + where).isEqualTo(roots(finished));
    assertThat(LayoutFixture.blobs(store))
        .as("again, " + where)
        .isEqualTo(LayoutFixture.blobs(finished));
    AfterTransfers.assertClean(store);
  }

  /** An import closes its process's standard input, which here is Maven's. */
  private void run(Crossing crossing, Path store) {
    String[] command = crossing.command(shelf);
    if (!command[0].equals("import")) {
      new Program(store).done(command);
      return;
    }
    try (Child child = Child.running(store, command)) {
      assertThat(child.exitCode()).as(child.restOfErr()).isZero();
    }
  }

  /** Without the store's own path, which stands in KraftKit's links. */
  private static Set<String> roots(Path store) {
    return StoreFiles.holdings(store).stream()
        .filter(line -> !line.startsWith("blob "))
        .map(line -> line.replace(store.toString(), ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
