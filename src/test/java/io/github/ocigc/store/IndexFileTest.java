package io.github.ocigc.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.oci.Root;
import io.github.ocigc.oci.RootKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What we have written is known again by its time alone; what others write is seen all the same.
 */
class IndexFileTest {
  @TempDir Path root;
  private Store store = null;
  private String fingerprint = "";

  @BeforeEach
  void anIndexThatWeHaveWritten() {
    LayoutFixture layout = new LayoutFixture(root);
    layout.image("one").layers(1).tag();
    layout.image("two").layers(1).tag();
    store = Store.open(root, Store.DEFAULT_MANIFEST_LIMIT_BYTES);
    new io.github.ocigc.fixture.Program(root).done("ls"); // makes our folder
    Roots before = store.readRoots();
    fingerprint = drop(before.roots().get(0), before.fingerprint());
  }

  private String drop(Root root, String expected) {
    RootKey key = root.key();
    return store
        .publish(new RootChange(List.of(key), List.of()), expected, Steps.NONE)
        .orElseThrow();
  }

  @Test
  void isKnownAgain() {
    assertThat(fingerprint).endsWith(":sealed");
    assertThat(store.isAt(fingerprint)).isTrue();
    drop(store.readRoots().roots().get(0), fingerprint);
    assertThat(store.readRoots().roots()).isEmpty();
    assertThat(store.isAt(fingerprint)).isFalse();
  }

  @Test
  void hasTheOwnersAndTheModeOfTheOneBefore() throws IOException {
    Path index = root.resolve("index.json");
    boolean mayGiveAway = Files.getAttribute(index, "unix:uid").equals(0);
    Files.setAttribute(index, "unix:mode", 0640);
    if (mayGiveAway) {
      Files.setAttribute(index, "unix:gid", 4711);
      Files.setAttribute(index, "unix:uid", 4712);
    }
    Map<String, Object> before = Files.readAttributes(index, "unix:ino,gid,uid,mode");

    drop(store.readRoots().roots().get(0), fingerprint);

    Map<String, Object> after = Files.readAttributes(index, "unix:ino,gid,uid,mode");
    assertThat(after.get("ino")).isNotEqualTo(before.get("ino"));
    for (String kept : List.of("gid", "uid", "mode")) {
      assertThat(after.get(kept)).isEqualTo(before.get(kept));
    }
  }

  /** At once, in place, and of the same length: nothing differs but bytes and the time. */
  @RepeatedTest(20)
  void aChangeOfOneByteIsSeen() throws IOException {
    byte[] bytes = Files.readAllBytes(root.resolve("index.json"));
    bytes[bytes.length - 3] ^= 1;

    try (FileChannel file =
        FileChannel.open(root.resolve("index.json"), StandardOpenOption.WRITE)) {
      file.write(java.nio.ByteBuffer.wrap(bytes));
    }

    assertThat(store.isAt(fingerprint)).isFalse();
    assertThat(store.publish(new RootChange(List.of(), List.of()), fingerprint, Steps.NONE))
        .isEmpty();
  }

  /**
   * Its length is asked before it is read: by then, a longer or shorter one may be in its place.
   */
  @Test
  void isReadWholeWhileAnotherToolReplacesIt() throws Exception {
    Path index = root.resolve("index.json");
    List<String> texts = List.of("{\"manifests\":[]}", " ".repeat(200_000) + "{\"manifests\":[]}");
    replace(index, texts.get(1));
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Void> other =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; !done.get(); i = 1 - i) {
                replace(index, texts.get(i));
              }
            });
    IndexFile file = new IndexFile(store.paths());
    Set<Integer> lengths = new HashSet<>();
    try {
      for (int i = 0; (i < 1_000 || lengths.size() < 2) && !other.isDone(); i++) {
        String read = new String(file.read().bytes(), StandardCharsets.UTF_8);
        assertThat(texts.contains(read)).as("%s characters", read.length()).isTrue();
        lengths.add(read.length());
      }
    } finally {
      done.set(true);
      other.get();
    }
    assertThat(lengths).hasSize(2);
  }

  private void replace(Path file, String text) {
    try {
      Path next = Files.writeString(root.resolve("next.json"), text);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aMissingFileIsSeen() throws IOException {
    Files.delete(root.resolve("index.json"));

    assertThat(store.isAt(fingerprint)).isFalse();
  }
}
