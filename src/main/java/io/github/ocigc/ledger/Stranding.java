package io.github.ocigc.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Tells which stranded roots count as plain: roots that speak of a subject which nothing but such
 * roots hold. One leads to another if what it reaches contains the other's subject. A root that no
 * other leads to is plain, and so are those that lead to each other while nothing else leads to
 * them; whatever they lead to is weak. So the answer follows from the graph, not from what went
 * first.
 *
 * <p>These are the strongly connected components without a way in (R. Tarjan, 1972); work is linear
 * in what the roots reach.
 */
final class Stranding {
  /** The graph below the roots: numbers from 0 for contents. */
  interface Graph {
    void forEachHeld(int content, IntConsumer each);
  }

  private static final int[] NONE = {};

  private final int contents;
  private final int[] targets;
  private final Graph graph;
  private final Map<Integer, List<Integer>> speakers = new HashMap<>();

  /** Roots are nodes too, numbered after the contents. 0 in {@code order}: not met yet. */
  private final int[] order;

  private final int[] low;
  private final int[] component;
  private final List<Integer> met = new ArrayList<>();
  private final Ints open = new Ints();
  private int components;

  /**
   * @param contents how many there are
   * @param targets for each stranded root, what it names
   * @param subjects for each, what it speaks of
   */
  Stranding(int contents, int[] targets, int[] subjects, Graph graph) {
    this.contents = contents;
    this.targets = targets;
    this.graph = graph;
    this.order = new int[contents + targets.length];
    this.low = new int[order.length];
    this.component = new int[order.length];
    Arrays.fill(component, -1);
    for (int root = 0; root < subjects.length; root++) {
      speakers.computeIfAbsent(subjects[root], s -> new ArrayList<>()).add(contents + root);
    }
  }

  /** For each root, whether it is plain. */
  boolean[] plain() {
    for (int root = 0; root < targets.length; root++) {
      if (order[contents + root] == 0) {
        explore(contents + root);
      }
    }
    boolean[] entered = new boolean[components];
    for (int node : met) {
      for (int next : after(node)) {
        entered[component[next]] |= component[next] != component[node];
      }
    }
    boolean[] plain = new boolean[targets.length];
    for (int root = 0; root < plain.length; root++) {
      plain[root] = !entered[component[contents + root]];
    }
    return plain;
  }

  private int[] after(int node) {
    if (node >= contents) {
      return new int[] {targets[node - contents]};
    }
    Ints next = new Ints();
    graph.forEachHeld(node, next::add);
    speakers.getOrDefault(node, List.of()).forEach(next::add);
    return next.isEmpty() ? NONE : next.toArray();
  }

  private static final class Visit {
    final int node;
    final int[] after;
    int at;

    Visit(int node, int[] after) {
      this.node = node;
      this.after = after;
    }
  }

  /** Without recursion: a chain of referrers may be as long as a store is large. */
  private void explore(int start) {
    List<Visit> path = new ArrayList<>();
    path.add(enter(start));
    while (!path.isEmpty()) {
      Visit visit = path.get(path.size() - 1);
      if (visit.at < visit.after.length) {
        int next = visit.after[visit.at++];
        if (order[next] == 0) {
          path.add(enter(next));
        } else if (component[next] < 0) {
          low[visit.node] = Math.min(low[visit.node], order[next]);
        }
      } else {
        path.remove(path.size() - 1);
        leave(visit.node);
        if (!path.isEmpty()) {
          int before = path.get(path.size() - 1).node;
          low[before] = Math.min(low[before], low[visit.node]);
        }
      }
    }
  }

  private Visit enter(int node) {
    met.add(node);
    order[node] = met.size();
    low[node] = met.size();
    open.add(node);
    return new Visit(node, after(node));
  }

  private void leave(int node) {
    if (low[node] == order[node]) {
      int member;
      do {
        member = open.removeLast();
        component[member] = components;
      } while (member != node);
      components++;
    }
  }
}
