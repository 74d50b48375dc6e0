package io.github.ocigc.transfer;

import io.github.ocigc.fixture.Child;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One process of a soak and what it is told to do, one random command after the other. It shares
 * most names with the others and has a few of its own, of which it knows what must have become of
 * them. Used by one thread, but for {@link #kill}.
 */
final class SoakWorker implements AutoCloseable {
  private static final int OWN_NAMES = 3;
  private static final int SHARED_NAMES = 3;

  private final int number;
  private final List<Path> stores;
  private final SoakShelf shelf;
  private final SoakTally tally;
  private final Random random;

  /** By store: what each of our own names must be now; nothing if a kill left it open. */
  private final List<Map<String, Boolean>> own = new ArrayList<>();

  private Child child = Child.serving();
  private boolean fresh = true;

  SoakWorker(int number, List<Path> stores, SoakShelf shelf, SoakTally tally, long seed) {
    this.number = number;
    this.stores = stores;
    this.shelf = shelf;
    this.tally = tally;
    this.random = new Random(seed + number);
    stores.forEach(store -> own.add(new TreeMap<>()));
  }

  /** Works until then, or until it is killed. The last command is waited for. */
  void work(long untilNanos) {
    if (fresh) {
      child.awaitOut("ready");
      begun(child, false);
    }
    while (System.nanoTime() < untilNanos) {
      if (!one()) {
        child.close();
        begun(Child.serving(), true);
        return;
      }
    }
  }

  private synchronized void begun(Child now, boolean warming) {
    child = now;
    fresh = warming;
  }

  /** Ends the process in the middle of whatever it does, if it does anything. */
  synchronized void kill() {
    if (!fresh) {
      child.kill9();
    }
  }

  private boolean one() {
    int store = random.nextInt(4) == 0 ? stores.size() - 1 : 0;
    boolean mine = random.nextInt(3) == 0;
    String name = mine ? "own" + number + "-" + random.nextInt(OWN_NAMES) : sharedName();
    List<String> command = new ArrayList<>();
    Optional<Boolean> after = Optional.empty();
    switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4, 5, 6 -> {
        command.addAll(pull(name));
        after = Optional.of(true);
      }
      case 7 -> {
        command.addAll(List.of("import", shelf.folder(), shelf.anyTag(random)));
        mine = false;
      }
      case 8, 9, 10 -> {
        command.addAll(List.of("push", name, shelf.anyTarget(random)));
        if (random.nextBoolean()) {
          command.add("--referrers");
        }
      }
      case 11, 12 -> {
        command.addAll(List.of("tag", sharedName(), name));
        if (random.nextInt(3) > 0) {
          command.add("--move");
        }
        after = Optional.of(true);
      }
      case 13 -> {
        command.addAll(List.of("untag", name));
        after = Optional.of(false);
      }
      case 14, 15, 16 -> {
        command.addAll(List.of("delete", name));
        after = Optional.of(false);
      }
      case 17 -> command.addAll(List.of("prune", "--orphans", "--older-than", grace()));
      case 18 -> command.addAll(List.of(random.nextInt(3) == 0 ? "reconcile" : "check"));
      default ->
          command.addAll(
              random.nextBoolean()
                  ? List.of("delete", random.nextBoolean() ? "shared*" : "plain*")
                  : List.of("ls"));
    }
    return run(store, command, mine ? Optional.of(name) : Optional.empty(), after);
  }

  private String sharedName() {
    return random.nextBoolean() ? "shared" + random.nextInt(SHARED_NAMES) : shelf.anyTag(random);
  }

  /** None: what is in transit is leased, and nobody but us writes here. */
  private String grace() {
    return random.nextBoolean() ? "0s" : "1h";
  }

  private List<String> pull(String name) {
    List<String> pull = new ArrayList<>(List.of("pull", shelf.reference(shelf.anyTag(random))));
    pull.addAll(List.of("--name", name, "-j", String.valueOf(1 + random.nextInt(4))));
    if (random.nextInt(3) == 0) {
      pull.add("--all-platforms");
    }
    if (random.nextInt(3) == 0) {
      pull.add("--referrers");
    }
    return pull;
  }

  /** False if the process died over it. */
  private boolean run(
      int store, List<String> command, Optional<String> mine, Optional<Boolean> after) {
    List<String> words = new ArrayList<>(List.of("--store", stores.get(store).toString()));
    words.addAll(command);
    Optional<String> answer = child.order(words);
    if (answer.isEmpty()) {
      mine.ifPresent(name -> own.get(store).remove(name));
      tally.died(command);
      return false;
    }
    String[] said = answer.get().split(" ", 2);
    int code = Integer.parseInt(said[0]);
    tally.ended(number, command, code, said[1]);
    if (mine.isPresent() && after.isPresent() && code == 0) {
      own.get(store).put(mine.get(), after.get());
    }
    return true;
  }

  /** Own names that are not there and should be, or the reverse. */
  Set<String> wrong(int store, List<String> names) {
    Set<String> wrong = new TreeSet<>();
    own.get(store)
        .forEach(
            (name, there) -> {
              if (names.contains(name) != there) {
                wrong.add(name + (there ? " is not there" : " is still there"));
              }
            });
    return wrong;
  }

  @Override
  public void close() {
    child.close();
  }
}
