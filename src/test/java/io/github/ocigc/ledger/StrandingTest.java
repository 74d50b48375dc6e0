package io.github.ocigc.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which roots without an outside holder of their subject are plain. */
class StrandingTest {
  /** Content 9 is a subject that no root reaches; root i names content i. */
  private static boolean[] plain(int[] subjects, Map<Integer, int[]> held) {
    int[] targets = new int[subjects.length];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = i;
    }
    return new Stranding(
            10,
            targets,
            subjects,
            (content, each) -> {
              for (int below : held.getOrDefault(content, new int[0])) {
                each.accept(below);
              }
            })
        .plain();
  }

  @Test
  void aSignatureOfASignatureStaysWeak() {
    assertThat(plain(new int[] {9, 0, 1}, Map.of())).containsExactly(true, false, false);
    assertThat(plain(new int[] {1, 2, 9}, Map.of())).containsExactly(false, false, true);
  }

  @Test
  void aRootThatSpeaksOfItselfIsPlain() {
    assertThat(plain(new int[] {0, 0}, Map.of())).containsExactly(true, false);
  }

  @Test
  void rootsThatHoldEachOthersSubjectsArePlainAndWhatTheyReachIsNot() {
    Map<Integer, int[]> held = Map.of(0, new int[] {5}, 1, new int[] {6}, 5, new int[] {7});
    assertThat(plain(new int[] {6, 5, 7}, held)).containsExactly(true, true, false);
  }

  @Test
  void aCircleThatAnotherRootLeadsToIsWeak() {
    Map<Integer, int[]> held = Map.of(0, new int[] {5}, 1, new int[] {6}, 2, new int[] {6});
    assertThat(plain(new int[] {6, 5, 9}, held)).containsExactly(false, false, true);
  }

  @Test
  void aLongChainNeedsNoDeepStack() {
    int length = 200_000;
    int[] targets = new int[length];
    int[] subjects = new int[length];
    for (int i = 0; i < length; i++) {
      targets[i] = i;
      subjects[i] = i == 0 ? length : i - 1;
    }
    boolean[] plain = new Stranding(length + 1, targets, subjects, (content, each) -> {}).plain();
    assertThat(plain[0]).isTrue();
    assertThat(plain[length - 1]).isFalse();
  }
}
