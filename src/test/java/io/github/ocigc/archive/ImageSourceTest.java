package io.github.ocigc.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ocigc.archive.ImageSource.Named;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.oci.BlobSink;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Hash;
import io.github.ocigc.oci.OcigcException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One layout in all the shapes that it can come in reads the same. */
final class ImageSourceTest {
  private static final long LIMIT = 4 << 20;

  @TempDir Path folder;
  private LayoutFixture layout;
  private Item app;

  enum Shape {
    FOLDER,
    TAR,
    TAR_GZ,
    STREAM;

    ImageSource open(LayoutFixture layout, Path folder) {
      return switch (this) {
        case FOLDER -> ImageSource.open(layout.root(), folder, LIMIT);
        case TAR ->
            ImageSource.open(TarBuilder.of(layout).at(folder.resolve("a.tar.gz")), folder, LIMIT);
        case TAR_GZ ->
            ImageSource.open(TarBuilder.of(layout).gzipAt(folder.resolve("a.tar")), folder, LIMIT);
        case STREAM ->
            ImageSource.open(
                new ByteArrayInputStream(TarBuilder.of(layout).bytes()),
                "standard input",
                folder,
                LIMIT);
      };
    }
  }

  @BeforeEach
  void buildALayout() {
    layout = new LayoutFixture(folder.resolve("layout"));
    app = layout.image("app").layers(3).tag();
    layout.untagged(layout.index(layout.image("other").layers(1).item(), app));
  }

  static Digest digest(Item item) {
    return Digest.parse(item.digest()).orElseThrow();
  }

  private Set<Digest> all() {
    return layout.blobs().stream()
        .map(text -> Digest.parse(text).orElseThrow())
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @EnumSource
  void itsImagesAreListedInTheOrderOfItsIndex(Shape shape) {
    try (ImageSource source = shape.open(layout, folder)) {
      assertThat(source.images()).extracting(Named::name).containsExactly("app", "");
      Named first = source.images().get(0);
      assertThat(first.manifest().digest()).isEqualTo(digest(app));
      assertThat(first.manifest().mediaType()).isEqualTo(LayoutFixture.MANIFEST);
      assertThat(first.manifest().sizeBytes()).isEqualTo(app.size());
    }
  }

  @ParameterizedTest
  @EnumSource
  void documentsAndSizesAreThoseOfTheFiles(Shape shape) throws IOException {
    try (ImageSource source = shape.open(layout, folder)) {
      assertThat(source.document(digest(app)))
          .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(read(app)));
      assertThat(source.size(digest(app))).hasValue(app.size());
      Digest elsewhere = Hash.sha256(new byte[] {1});
      assertThat(source.document(elsewhere)).isEmpty();
      assertThat(source.size(elsewhere)).isEmpty();
    }
  }

  private byte[] read(Item item) {
    try {
      return Files.readAllBytes(layout.file(item));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachWantedBlobGoesToItsSinkAndNoOther(Shape shape) throws IOException {
    Set<Digest> wanted = new LinkedHashSet<>(all());
    Digest unwanted = digest(app);
    Digest missing = Hash.sha256(new byte[] {1});
    wanted.remove(unwanted);
    wanted.add(missing);
    Collected collected = new Collected();
    try (ImageSource source = shape.open(layout, folder)) {
      Set<Digest> found = source.read(wanted, collected);

      wanted.remove(missing);
      assertThat(found).isEqualTo(wanted);
      assertThat(collected.blobs.keySet()).isEqualTo(wanted);
      for (Map.Entry<Digest, byte[]> blob : collected.blobs.entrySet()) {
        assertThat(blob.getValue())
            .isEqualTo(Files.readAllBytes(layout.file(blob.getKey().toString())));
      }
      collected.blobs.clear();
      assertThat(source.read(wanted, collected)).as("and again").isEqualTo(wanted);
    }
  }

  @Test
  void aStreamLeavesNothingBehindInTheScratchFolder() throws IOException {
    Path scratch = Files.createDirectory(folder.resolve("scratch"));
    Shape.STREAM.open(layout, scratch).close();
    assertThat(scratch).isEmptyDirectory();

    assertThatThrownBy(
            () ->
                ImageSource.open(
                    new ByteArrayInputStream("no tar".getBytes()),
                    "standard input",
                    scratch,
                    LIMIT))
        .isInstanceOf(OcigcException.Unusable.class)
        .hasMessageStartingWith("standard input is no archive of images");
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void aPipeIsReadThoughItCanBeReadOnlyOnce() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    byte[] tar = TarBuilder.of(layout).bytes();
    Thread writer = new Thread(() -> TarBuilder.write(pipe, tar));
    writer.start();
    Collected collected = new Collected();
    try (ImageSource source = ImageSource.open(pipe, folder, LIMIT)) {
      writer.join();
      assertThat(source.read(all(), collected)).isEqualTo(all());
    }
  }

  @Test
  void theWholeNameOfContainerdCountsBeforeTheTagInTheSpecsPlace() throws IOException {
    Files.writeString(
        layout.root().resolve("index.json"),
        """
        {"schemaVersion":2,"manifests":[{"mediaType":"%s","digest":"%s","size":%d,"annotations":{
        "io.containerd.image.name":"docker.io/library/app:v1",
        "org.opencontainers.image.ref.name":"v1"}}]}"""
            .formatted(LayoutFixture.MANIFEST, app.digest(), app.size()));

    try (ImageSource source = Shape.TAR.open(layout, folder)) {
      assertThat(source.images())
          .extracting(Named::name)
          .containsExactly("docker.io/library/app:v1");
    }
  }

  @Test
  void aSinkWithBytesOfAnEarlierTransferIsStartedAgain() {
    boolean[] restarted = {false};
    BlobSink resumed =
        new BlobSink() {
          @Override
          public long position() {
            return restarted[0] ? 0 : 7;
          }

          @Override
          public void write(java.nio.ByteBuffer bytes) {}

          @Override
          public void restart() {
            restarted[0] = true;
          }
        };
    try (ImageSource source = Shape.TAR.open(layout, folder)) {
      source.read(Set.of(digest(app)), sinks(resumed));
    }
    assertThat(restarted[0]).isTrue();
  }

  @Test
  void aSinkThatCannotWriteEndsTheReadingAsRefused() {
    BlobSink full =
        new BlobSink() {
          @Override
          public long position() {
            return 0;
          }

          @Override
          public void write(java.nio.ByteBuffer bytes) throws IOException {
            throw new IOException("No space left on device");
          }

          @Override
          public void restart() {}
        };
    try (ImageSource source = Shape.TAR_GZ.open(layout, folder)) {
      assertThatThrownBy(() -> source.read(Set.of(digest(app)), sinks(full)))
          .isInstanceOf(OcigcException.Refused.class)
          .hasMessage("Could not write " + app.digest() + ": No space left on device.");
    }
  }

  private static ImageSource.Sinks sinks(BlobSink sink) {
    return new ImageSource.Sinks() {
      @Override
      public BlobSink begin(Digest digest, long size) {
        return sink;
      }

      @Override
      public void end(Digest digest) {}
    };
  }

  @Test
  void aGzipOfSeveralMembersIsOneTar() {
    byte[] tar = TarBuilder.of(layout).bytes();
    java.io.ByteArrayOutputStream members = new java.io.ByteArrayOutputStream();
    for (int from = 0; from < tar.length; from += 1000) {
      members.writeBytes(
          TarBuilder.gzip(
              java.util.Arrays.copyOfRange(tar, from, Math.min(tar.length, from + 1000))));
    }
    Path file = TarBuilder.write(folder.resolve("members"), members.toByteArray());
    Collected collected = new Collected();
    try (ImageSource source = ImageSource.open(file, folder, LIMIT)) {
      assertThat(source.read(all(), collected)).isEqualTo(all());
    }
  }
}
