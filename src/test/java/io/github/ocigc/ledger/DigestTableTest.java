package io.github.ocigc.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.oci.Digest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DigestTableTest {
  private final Random random = new Random(7);

  /** Half of them with a byte from the middle on, so that many begin alike. */
  private Digest digest(String algorithm, int bytes) {
    byte[] hash = new byte[bytes];
    if (random.nextBoolean()) {
      random.nextBytes(hash);
    } else {
      hash[random.nextInt(10)] = (byte) random.nextInt();
      hash[bytes / 2 + random.nextInt(bytes / 2)] = (byte) random.nextInt();
    }
    return Digest.of(algorithm, HexFormat.of().formatHex(hash)).orElseThrow();
  }

  @Test
  void numbersComeInTheOrderOfTheirDigestsTexts() {
    for (int count : new int[] {0, 1, 2, 3, 5_000}) {
      DigestTable table = new DigestTable();
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Digest digest = i % 3 == 0 ? digest("sha512", 64) : digest("sha256", 32);
        if (table.number(digest) == texts.size()) {
          texts.add(digest.toString());
        }
      }
      List<String> sorted = Arrays.stream(table.inOrder()).mapToObj(table::text).toList();
      assertThat(sorted).containsExactlyElementsOf(texts.stream().sorted().toList());
    }
  }
}
