package io.github.ocigc.cli;

import io.github.ocigc.engine.OpenStore;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Hash;
import io.github.ocigc.store.Steps;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs the verbs once on a small store of its own and prints nothing. The script {@code
 * class-archive} has the JVM note which classes that loads, and archives them in the form in which
 * they start fastest.
 */
final class Rehearsal {
  private static final String CONFIG = "{}";
  private static final String MANIFEST =
      """
      {"schemaVersion":2,"config":{"mediaType":"application/vnd.oci.image.config.v1+json",
       "digest":"%s","size":2},"layers":[]}
      """;
  private static final String INDEX =
      """
      {"schemaVersion":2,"manifests":[
       {"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"%s","size":%d,
        "annotations":{"org.opencontainers.image.ref.name":"a"}}]}
      """;

  private final Path store;
  private final PrintStream silence = new PrintStream(OutputStream.nullOutputStream());

  private Rehearsal(Path store) {
    this.store = store;
  }

  /**
   * Takes a folder that is there and empty, and leaves a store in it. With the word {@code short}
   * besides, the folder is one that a first run has left, and only the shortest verbs are run.
   */
  public static void main(String[] args) throws IOException {
    OpenStore.expect();
    Rehearsal rehearsal = new Rehearsal(Path.of(args[0]).toAbsolutePath());
    String manifest = rehearsal.writeStore();
    if (List.of(args).contains("short")) {
      rehearsal.run(List.of("ls"));
      rehearsal.run(List.of("delete", "a"));
    } else {
      rehearsal.transfer(manifest);
      rehearsal.everyVerb(manifest);
    }
  }

  private void everyVerb(String manifest) throws IOException {
    for (List<String> verb :
        List.of(
            List.of("reconcile"),
            List.of("ls"),
            List.of("ls", "--json"),
            List.of("du"),
            List.of("tree", "a"),
            List.of("why", manifest),
            List.of(Candidates.WORD, "reference", ""),
            List.of(Candidates.WORD, "content", "sha"),
            List.of("tag", "a", "b"),
            List.of("untag", "b"),
            List.of("delete", "a", "--dry-run"),
            List.of("delete", "a"),
            List.of("delete", "a"),
            List.of("prune", "--orphans", "--older-than", "0s"),
            List.of("check"),
            List.of("sql", "SELECT * FROM disk_usage"),
            List.of("report", store.resolve("report.html").toString()),
            List.of("console", "--help"),
            List.of("history"))) {
      run(verb);
    }
    new RehearsalConsole(store).visit();
  }

  /** To and from a second store, which is made by the way. */
  private void transfer(String manifest) throws IOException {
    String other = store.resolve("other").toString();
    String archive = store.resolve("archive.tar.gz").toString();
    try (RehearsalRegistry registry = new RehearsalRegistry(store.resolve("blobs"), manifest)) {
      String image = registry.reference();
      run(List.of("--store", other, "pull", image));
      run(List.of("--store", other, "push", image));
      run(List.of("--store", other, "export", image, archive));
      run(List.of("--store", other, "import", archive, "again:v1"));
    }
  }

  private void run(List<String> verb) {
    Main.run(
        silence, silence, System.getenv(), store, true, Steps.NONE, verb.toArray(String[]::new));
  }

  private String writeStore() throws IOException {
    Files.writeString(store.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    String manifest = MANIFEST.formatted(blob(CONFIG));
    String digest = blob(manifest);
    Files.writeString(store.resolve("index.json"), INDEX.formatted(digest, manifest.length()));
    return digest;
  }

  private String blob(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Digest digest = Hash.sha256(bytes);
    Path folder = Files.createDirectories(store.resolve("blobs/sha256"));
    Files.write(folder.resolve(digest.encoded()), bytes);
    return digest.toString();
  }
}
