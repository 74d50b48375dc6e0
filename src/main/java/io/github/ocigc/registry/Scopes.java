package io.github.ocigc.registry;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a token is asked to allow: {@code repository:NAME:pull,push}, several of them
 * (distribution's token specification, "Resource scope").
 *
 * @param actions by resource type and name
 */
record Scopes(SortedMap<String, SortedSet<String>> actions) {
  static final Scopes NONE = new Scopes(new TreeMap<>());

  static Scopes pull(String repository) {
    return parse("repository:" + repository + ":pull");
  }

  static Scopes push(String repository) {
    return parse("repository:" + repository + ":pull,push");
  }

  /** Reads scopes that are separated by spaces; what is no scope is left out. */
  static Scopes parse(String text) {
    SortedMap<String, SortedSet<String>> actions = new TreeMap<>();
    for (String scope : text.strip().split("\\s+", -1)) {
      int colon = scope.lastIndexOf(':');
      if (colon > 0) {
        List<String> names = List.of(scope.substring(colon + 1).split(",", -1));
        actions.computeIfAbsent(scope.substring(0, colon), r -> new TreeSet<>()).addAll(names);
      }
    }
    return new Scopes(actions);
  }

  Scopes and(Scopes other) {
    SortedMap<String, SortedSet<String>> all = new TreeMap<>();
    actions.forEach((resource, names) -> all.put(resource, new TreeSet<>(names)));
    other.actions.forEach(
        (resource, names) -> all.computeIfAbsent(resource, r -> new TreeSet<>()).addAll(names));
    return new Scopes(all);
  }

  /** Each as it is written in a request. */
  List<String> texts() {
    return actions.entrySet().stream()
        .map(e -> e.getKey() + ":" + String.join(",", e.getValue()))
        .toList();
  }
}
