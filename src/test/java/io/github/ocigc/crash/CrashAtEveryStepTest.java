package io.github.ocigc.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.Child;
import io.github.ocigc.fixture.IndependentMark;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Rest;
import io.github.ocigc.fixture.StoreFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A command that dies at any step has happened or has not, once the next command has run. */
class CrashAtEveryStepTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Scenario.class)
  void theNextCommandUndoesOrFinishes(Scenario scenario) {
    Set<String> finished = outcome(scenario, folder.resolve("finished"), scenario.command());
    List<Set<String>> allowed = new ArrayList<>();
    allowed.add(outcome(scenario, folder.resolve("undone"), "ls"));
    for (String[] part : scenario.parts()) {
      allowed.add(outcome(scenario, folder.resolve("part-" + allowed.size()), part));
    }
    allowed.add(finished);
    int step = 1;
    while (died(scenario, step, allowed, finished)) {
      step++;
    }
    assertThat(step).as("%s reports steps", scenario).isGreaterThan(1);
  }

  private static Set<String> outcome(Scenario scenario, Path store, String... command) {
    scenario.makeStore(store);
    new Program(store).done(command);
    return relative(store);
  }

  private boolean died(
      Scenario scenario, int step, List<Set<String>> allowed, Set<String> finished) {
    Path store = folder.resolve("step-" + step);
    scenario.makeStore(store);
    Set<String> unreachable = unreachable(store);
    int code;
    try (Child child = Child.dyingAt(step, store, scenario.command())) {
      code = child.exitCode();
      assertThat(code).as(child.restOfErr()).isIn(0, Child.KILLED);
    }
    Set<String> reachable = reachable(store);

    new Program(store).done("ls");

    String where = scenario + ", step " + step;
    Set<String> now = relative(store);
    if (!scenario.cuts()) {
      assertThat(LayoutFixture.blobs(store)).as(where).containsAll(reachable);
    }
    assertThat(now).as(where).isIn(allowed);
    if (now.equals(finished) && scenario.command()[0].equals("delete") && isLayout(store)) {
      Set<String> expected = new TreeSet<>(IndependentMark.reachable(store));
      expected.addAll(unreachable);
      assertThat(LayoutFixture.blobs(store)).as(where).isEqualTo(expected);
    }
    Rest.assertSound(store);

    if (!now.equals(finished)) {
      new Program(store).done(scenario.command());
      assertThat(relative(store)).as("again, after %s", where).isEqualTo(finished);
      Rest.assertSound(store);
    }
    return code == Child.KILLED;
  }

  /** Without the store's own path, which stands in KraftKit's links. */
  private static Set<String> relative(Path store) {
    Set<String> holdings = new TreeSet<>();
    StoreFiles.holdings(store).forEach(line -> holdings.add(line.replace(store.toString(), "")));
    return holdings;
  }

  private static boolean isLayout(Path store) {
    return Files.exists(store.resolve("index.json"));
  }

  private static Set<String> reachable(Path store) {
    return isLayout(store) ? IndependentMark.reachable(store) : Set.of();
  }

  private static Set<String> unreachable(Path store) {
    Set<String> unreachable = new TreeSet<>(LayoutFixture.blobs(store));
    unreachable.removeAll(reachable(store));
    return unreachable;
  }
}
