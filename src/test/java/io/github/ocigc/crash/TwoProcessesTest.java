package io.github.ocigc.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.Child;
import io.github.ocigc.fixture.IndependentMark;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Rest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several commands on one store at the same time, in several processes and in one. */
class TwoProcessesTest {
  private static final int IMAGES = 8;

  @TempDir Path root;
  private Program program;
  private LayoutFixture store;

  @BeforeEach
  void makeStore() {
    store = new LayoutFixture(root);
    LayoutFixture.Image base = store.image("base").layers(2);
    base.tag();
    for (int i = 0; i < IMAGES; i++) {
      store.image("image" + i).sharing(base).layers(2).tag();
    }
    program = new Program(root);
    program.done("ls");
  }

  @Test
  void theSecondSaysForWhomItWaitsAndGoesOnAfterwards() {
    try (Child first = Child.waitingAt("released", root, "delete", "image0")) {
      first.awaitOut("at released");
      try (Child second = Child.running(root, "delete", "image1")) {
        String sentence = second.awaitErr("Waiting for");
        assertThat(sentence).contains("process " + first.pid()).contains("delete");
        first.goOn();
        assertThat(first.exitCode()).isZero();
        assertThat(second.exitCode()).isZero();
      }
    }
    assertGone("image0", "image1");
  }

  @Test
  void theSecondGivesUpAfterItsPatience() {
    try (Child first = Child.waitingAt("roots-published", root, "delete", "image0")) {
      first.awaitOut("at roots-published");
      Program.Run second = program.text("delete", "image1", "--wait", "1");
      assertThat(second.exitCode()).isEqualTo(5);
      assertThat(second.err())
          .contains(root.toString())
          .contains("process " + first.pid())
          .contains("--wait");
      assertThat(second.out()).isEmpty();
      Program.Run json = program.json("ls", "--wait", "0");
      assertThat(json.exitCode()).isEqualTo(5);
      assertThat(json.json().path("error").path("code").asText()).isEqualTo("locked");
      first.goOn();
      assertThat(first.exitCode()).isZero();
    }
    program.done("delete", "image1");
    assertGone("image0", "image1");
  }

  @Test
  void aKilledProcessLeavesNoLock() {
    try (Child first = Child.waitingAt("released", root, "delete", "image0")) {
      first.awaitOut("at released");
      first.kill();
    }
    program.done("delete", "image1", "--wait", "0");
    assertGone("image0", "image1");
  }

  @Test
  void waitingInOneProcessDoesNotTakeTheLockFromThere() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    PauseAt pause = new PauseAt("released");
    try {
      Future<?> first = threads.submit(() -> new Program(root, pause).done("delete", "image0"));
      pause.awaitReached();
      assertThat(program.json("ls", "--wait", "0").exitCode()).isEqualTo(5);
      try (Child other = Child.running(root, "ls", "--wait", "0")) {
        assertThat(other.restOfErr())
            .contains("in use by process " + ProcessHandle.current().pid());
        assertThat(other.exitCode()).isEqualTo(5);
      }
      pause.goOn();
      first.get();
    } finally {
      threads.shutdownNow();
    }
    assertGone("image0");
  }

  @Test
  void twoProcessesDeleteAtTheSameTime() {
    deleteInProcesses(2);
  }

  @Test
  void fourProcessesDeleteAtTheSameTime() {
    deleteInProcesses(4);
  }

  private void deleteInProcesses(int count) {
    List<Child> children = new ArrayList<>();
    String[] names = new String[count];
    for (int i = 0; i < count; i++) {
      names[i] = "image" + i;
      children.add(Child.running(root, "delete", names[i], "--wait", "100"));
    }
    for (Child child : children) {
      assertThat(child.exitCode()).as(child.restOfErr()).isZero();
      child.close();
    }
    assertGone(names);
  }

  @Test
  void threadsOfOneProcessDeleteAtTheSameTime() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(IMAGES);
    try {
      List<Callable<Program.Run>> deletes = new ArrayList<>();
      for (int i = 0; i < IMAGES; i++) {
        String name = "image" + i;
        deletes.add(() -> new Program(root).json("delete", name, "--wait", "100"));
      }
      for (Future<Program.Run> run : threads.invokeAll(deletes)) {
        assertThat(run.get().exitCode()).as(run.get().out()).isZero();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(program.done("ls")).hasSize(1);
    Rest.assertSound(root);
    assertThat(store.blobs()).isEqualTo(IndependentMark.reachable(root));
  }

  @Test
  void aLedgerThatAnotherProgramHasOpenIsSaidToBe() throws Exception {
    try (Child console = Child.holding(root.resolve(".ocigc/ledger"))) {
      console.awaitOut("open");
      Program.Run run = program.text("delete", "image0");
      assertThat(run.exitCode()).isEqualTo(5);
      assertThat(run.err()).contains("ledger.mv.db").contains("open in another program");
      assertThat(program.json("reconcile").json().path("error").path("code").asText())
          .isEqualTo("locked");
      console.goOn();
      assertThat(console.exitCode()).isZero();
    }
    program.done("delete", "image0");
    assertGone("image0");
  }

  private void assertGone(String... names) {
    List<String> left = new ArrayList<>();
    program.done("ls").forEach(row -> left.add(row.path("reference").asText()));
    assertThat(left).doesNotContain(names).hasSize(IMAGES + 1 - names.length);
    assertThat(store.blobs()).isEqualTo(IndependentMark.reachable(root));
    Rest.assertSound(root);
  }
}
