package io.github.ocigc.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ocigc.fixture.IndependentMark;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.Rest;
import io.github.ocigc.fixture.StoreFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What must be true of a store when no transfer is under way and a command has run since. */
final class AfterTransfers {
  private static final ObjectMapper JSON = new ObjectMapper();

  private AfterTransfers() {}

  /** The store is at rest, no transfer has left anything, and every blob has its true bytes. */
  static void assertClean(Path store) {
    Rest.assertSound(store);
    assertThat(
            new Program(store)
                .sql(
                    """
                    SELECT 'lease' AS what, id FROM lease
                    UNION ALL
                    SELECT 'lease of', lease_id FROM lease_content
                    UNION ALL
                    SELECT 'deferred', content.digest
                    FROM deferred
                    JOIN content ON content.id = deferred.content_id
                    """))
        .isEmpty();
    assertThat(store.resolve(".ocigc/transfers")).doesNotExist();
    assertThat(leftovers(store)).isEmpty();
    assertTrueBytes(store);
    if (Files.exists(store.resolve("index.json"))) {
      assertThat(missing(store)).as("what roots of " + store + " reach is missing").isEmpty();
    }
  }

  /** As {@link #assertClean}, and the ledger is what a reconcile makes of the disk. */
  static void assertCleanAndTrue(Path store) {
    assertClean(store);
    new Program(store).assertEqualsRebuilt();
  }

  private static List<Path> leftovers(Path store) {
    try (Stream<Path> all = Files.walk(store)) {
      return all.filter(
              path ->
                  path.toString().endsWith(".tmp")
                      || path.getFileName().toString().startsWith("lease")
                      || path.getFileName().toString().startsWith("incoming"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What documents that the roots reach name and has no file, but for children of an index. */
  static List<String> missing(Path store) {
    List<String> missing = new ArrayList<>();
    Set<String> present = LayoutFixture.blobs(store);
    try {
      for (JsonNode root : JSON.readTree(store.resolve("index.json").toFile()).path("manifests")) {
        addMissing(missing, present, "index.json", root);
      }
      for (String digest : IndependentMark.reachable(store)) {
        Path file = store.resolve("blobs").resolve(digest.replace(':', '/'));
        if (firstByte(file) == '{') {
          JsonNode document = JSON.readTree(file.toFile());
          addMissing(missing, present, digest, document.path("config"));
          document.path("layers").forEach(layer -> addMissing(missing, present, digest, layer));
        }
      }
      return missing;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void addMissing(
      List<String> missing, Set<String> present, String holder, JsonNode descriptor) {
    String digest = descriptor.path("digest").asText("");
    if (!digest.isEmpty() && !present.contains(digest)) {
      missing.add(digest + " of " + holder);
    }
  }

  private static int firstByte(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.read();
    }
  }

  private static void assertTrueBytes(Path store) {
    for (String digest : LayoutFixture.blobs(store)) {
      Path blobs = store.resolve(Files.isDirectory(store.resolve("blobs")) ? "blobs" : "digests");
      assertThat(sha256(blobs.resolve(digest.replace(':', '/')))).isEqualTo(digest);
    }
  }

  private static String sha256(Path file) {
    try (DigestInputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
      return "sha256:" + HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The names that {@code index.json} gives. */
  static List<String> names(Path store) {
    return StoreFiles.names(store);
  }
}
