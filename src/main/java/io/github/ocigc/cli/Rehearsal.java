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
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the verbs once on a small store of its own and prints nothing. The script {@code
 * class-archive} has the JVM note which classes that loads, and archives them in the form in which
 * they start fastest.
 */
final class Rehearsal {
  private static final String MANIFEST =
      """
      {"schemaVersion":2,"config":{"mediaType":"application/vnd.oci.image.config.v1+json",
       "digest":"%s","size":%d},"layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar",
       "digest":"%s","size":%d}]}
      """;
  private static final String INDEX =
      """
      {"schemaVersion":2,"manifests":[%s]}
      """;
  private static final String ENTRY =
      """
      {"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"%s","size":%d,
       "annotations":{"org.opencontainers.image.ref.name":"%s"}}""";

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
    OpenStore.expectGlance();
    Rehearsal rehearsal = new Rehearsal(Path.of(args[0]).toAbsolutePath());
    String manifest = rehearsal.writeStore("a", "other").get(0);
    if (List.of(args).contains("short")) {
      rehearsal.run("ls");
      rehearsal.run("delete", "a");
      rehearsal.run("delete", "other");
    } else {
      rehearsal.transfer(manifest);
      rehearsal.everyVerb(manifest);
    }
  }

  private void everyVerb(String manifest) throws IOException {
    run("reconcile");
    run("reconcile");
    run("ls");
    run("ls", "--json");
    run("du");
    run("tree", "a");
    run("why", manifest);
    run(Candidates.WORD, "reference", "");
    run(Candidates.WORD, "content", "sha");
    run("tag", "a", "b");
    run("untag", "b");
    run("delete", "a", "--dry-run");
    run("delete", "other", "--json");
    writeStore("a", "late", "later"); // as another tool does
    run("delete", "a");
    run("delete", "a");
    run("delete", "later");
    run("prune", "--orphans", "--older-than", "0s");
    run("check");
    run("sql", "SELECT * FROM disk_usage");
    run("report", store.resolve("report.html").toString());
    run("console", "--help");
    run("history");
    new RehearsalConsole(store).visit();
  }

  /** To and from a second store, which is made by the way. */
  private void transfer(String manifest) throws IOException {
    String other = store.resolve("other").toString();
    String archive = store.resolve("archive.tar.gz").toString();
    try (RehearsalRegistry registry = new RehearsalRegistry(store.resolve("blobs"), manifest)) {
      String image = registry.reference();
      run("--store", other, "pull", image);
      run("--store", other, "push", image);
      run("--store", other, "export", image, archive);
      run("--store", other, "import", archive, "again:v1");
    }
  }

  private void run(String... verb) {
    Main.run(silence, silence, System.getenv(), store, true, Steps.NONE, verb);
  }

  /** A layout of images that share their layer; returns their digests. */
  private List<String> writeStore(String... names) throws IOException {
    Files.writeString(store.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    List<String> digests = new ArrayList<>();
    List<String> entries = new ArrayList<>();
    for (String name : names) {
      String manifest = manifest(name);
      String digest = blob(manifest);
      digests.add(digest);
      entries.add(ENTRY.formatted(digest, manifest.length(), name));
    }
    Files.writeString(store.resolve("index.json"), INDEX.formatted(String.join(",", entries)));
    return digests;
  }

  private String manifest(String name) throws IOException {
    String config = "{\"author\":\"%s\"}".formatted(name);
    String layer = "layer";
    return MANIFEST.formatted(blob(config), config.length(), blob(layer), layer.length());
  }

  private String blob(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Digest digest = Hash.sha256(bytes);
    Path folder = Files.createDirectories(store.resolve("blobs/sha256"));
    Files.write(folder.resolve(digest.encoded()), bytes);
    return digest.toString();
  }
}
