package io.github.ocigc.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.RootKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class RootChangeTest {
  private static final Digest DIGEST = Digest.parse("sha256:" + "a".repeat(64)).orElseThrow();

  /** The disk would have it, and the ledger might not. */
  @Test
  void noRootGoesAndComes() {
    List<RootChange.Addition> untagged = List.of(new RootChange.Addition("", DIGEST, "", 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RootChange(List.of(new RootKey("", DIGEST)), untagged));
    assertThat(new RootChange(List.of(new RootKey("app", DIGEST)), untagged).isEmpty()).isFalse();
  }
}
