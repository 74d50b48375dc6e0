package io.github.ocigc.transfer;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What was done in a soak, and what came of it that should not have. Thread-safe. */
final class SoakTally {
  private final Map<String, Map<String, Integer>> endings = new TreeMap<>();
  private final Queue<String> recent = new ConcurrentLinkedQueue<>();
  private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();

  /** Beside 0: what the names were like when the command came to its turn. */
  private static Set<Integer> allowed(String verb) {
    return switch (verb) {
      case "push", "untag", "delete" -> Set.of(3, 5);
      case "tag" -> Set.of(2, 3, 5); // the name is taken
      default -> Set.of(5);
    };
  }

  void died(List<String> command) {
    note(command.get(0), "killed");
    remember("killed over " + String.join(" ", command));
  }

  void ended(int worker, List<String> command, int code, String said) {
    note(command.get(0), String.valueOf(code));
    String line = "%d: %s -> %d %s".formatted(worker, String.join(" ", command), code, said);
    remember(line);
    if (code != 0 && !allowed(command.get(0)).contains(code)) {
      unexpected.add(line);
    }
  }

  private synchronized void note(String verb, String ending) {
    endings.computeIfAbsent(verb, v -> new TreeMap<>()).merge(ending, 1, Integer::sum);
  }

  /** What came last, for whoever has to find out what went wrong. */
  private void remember(String line) {
    recent.add(line.length() > 300 ? line.substring(0, 300) + "…" : line);
    while (recent.size() > 60) {
      recent.poll();
    }
  }

  String recent() {
    return String.join("\n", recent);
  }

  List<String> unexpected() {
    return List.copyOf(unexpected);
  }

  synchronized int count() {
    return endings.values().stream()
        .flatMap(verb -> verb.values().stream())
        .mapToInt(Integer::intValue)
        .sum();
  }

  synchronized int kills() {
    return endings.values().stream().mapToInt(verb -> verb.getOrDefault("killed", 0)).sum();
  }

  @Override
  public synchronized String toString() {
    return endings.toString();
  }
}
