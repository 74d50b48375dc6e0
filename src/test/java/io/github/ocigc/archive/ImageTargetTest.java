package io.github.ocigc.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ocigc.archive.ImageSource.Named;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Hash;
import io.github.ocigc.oci.OcigcException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The place of an export appears whole or not at all. */
final class ImageTargetTest {
  private static final byte[] BLOB = "a blob".getBytes(StandardCharsets.UTF_8);
  private static final byte[] INDEX = "{\"manifests\":[]}".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private LayoutFixture layout;
  private Item app;
  private Path out;

  @BeforeEach
  void buildALayout() throws IOException {
    layout = new LayoutFixture(folder.resolve("layout"));
    app = layout.image("app").layers(2).tag();
    layout.blob("sha512", LayoutFixture.LAYER, BLOB);
    out = Files.createDirectory(folder.resolve("out"));
  }

  private void export(Path to, Format format, boolean replace) throws IOException {
    try (ImageTarget target = ImageTarget.create(to, format, replace)) {
      for (String text : layout.blobs()) {
        Path blob = layout.file(text);
        try (InputStream in = Files.newInputStream(blob)) {
          target.blob(Digest.parse(text).orElseThrow(), Files.size(blob), in);
        }
      }
      target.finish(
          Files.readAllBytes(layout.root().resolve("index.json")),
          Optional.of("[]".getBytes(StandardCharsets.UTF_8)));
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .collect(Collectors.toList());
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatWasWrittenCanBeReadAndNothingElseIsLeft(Format format) throws IOException {
    Path place = out.resolve("place");
    export(place, format, false);

    assertThat(out).isDirectoryContaining(file -> file.equals(place));
    assertThat(Files.list(out)).hasSize(1);
    try (ImageSource source = ImageSource.open(place, folder, 1 << 20)) {
      assertThat(source.images()).extracting(Named::name).containsExactly("app");
      Collected collected = new Collected();
      assertThat(
              source.read(
                  layout.blobs().stream()
                      .map(text -> Digest.parse(text).orElseThrow())
                      .collect(Collectors.toSet()),
                  collected))
          .hasSize(layout.blobs().size());
      assertThat(source.size(ImageSourceTest.digest(app))).hasValue(app.size());
    }
  }

  @Test
  void aFolderIsTheLayoutFileByFile() throws IOException {
    export(out.resolve("copy"), Format.OCI_FOLDER, false);
    assertThat(names(out.resolve("copy"))).isEqualTo(names(layout.root()));
    for (String name : names(layout.root())) {
      assertThat(out.resolve("copy").resolve(name))
          .hasSameBinaryContentAs(layout.root().resolve(name));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Format.class,
      names = {"OCI_TAR", "OCI_TAR_GZ"})
  void theSameImagesGiveTheSameBytes(Format format) throws Exception {
    export(out.resolve("one"), format, false);
    Thread.sleep(1100); // another second on the clock
    export(out.resolve("two"), format, false);
    assertThat(out.resolve("one")).hasSameBinaryContentAs(out.resolve("two"));
  }

  @Test
  void aTarHasTheNamesModesAndTimesThatWeSay() throws IOException {
    export(out.resolve("a.tar"), Format.OCI_TAR, false);
    StringBuilder listing = new StringBuilder();
    try (var tar =
        new org.apache.commons.compress.archivers.tar.TarArchiveInputStream(
            Files.newInputStream(out.resolve("a.tar")))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        listing.append(
            "%o %s:%s %d:%d %d %s%n"
                .formatted(
                    entry.getMode() & 0777,
                    entry.getUserName(),
                    entry.getGroupName(),
                    entry.getLongUserId(),
                    entry.getLongGroupId(),
                    entry.getLastModifiedTime().toMillis(),
                    entry.getName().replaceAll("[0-9a-f]{64,}", "…")));
      }
    }
    assertThat(listing.toString())
        .isEqualTo(
            """
            755 root:root 0:0 0 blobs/
            755 root:root 0:0 0 blobs/sha256/
            644 root:root 0:0 0 blobs/sha256/…
            644 root:root 0:0 0 blobs/sha256/…
            644 root:root 0:0 0 blobs/sha256/…
            644 root:root 0:0 0 blobs/sha256/…
            755 root:root 0:0 0 blobs/sha512/
            644 root:root 0:0 0 blobs/sha512/…
            644 root:root 0:0 0 index.json
            644 root:root 0:0 0 manifest.json
            644 root:root 0:0 0 oci-layout
            """);
  }

  @ParameterizedTest
  @EnumSource
  void aBlobWithOtherBytesLeavesNothing(Format format) throws IOException {
    Digest right = Hash.sha256(BLOB);
    Digest wrong = Hash.sha256(INDEX);
    for (Object[] bad :
        new Object[][] {
          {wrong, 6L, "has bytes with another digest"},
          {right, 5L, "has more than its 5 bytes"},
          {right, 7L, "ends after 6 of its 7 bytes"},
        }) {
      try (ImageTarget target = ImageTarget.create(out.resolve("place"), format, false)) {
        assertThatThrownBy(
                () -> target.blob((Digest) bad[0], (Long) bad[1], new ByteArrayInputStream(BLOB)))
            .isInstanceOf(OcigcException.Damaged.class)
            .hasMessageContaining((String) bad[2]);
        assertThatThrownBy(() -> target.finish(INDEX, Optional.empty()))
            .isInstanceOf(IllegalStateException.class);
      }
      assertThat(out).isEmptyDirectory();
    }
  }

  @ParameterizedTest
  @EnumSource
  void withoutFinishNothingIsThere(Format format) {
    try (ImageTarget target = ImageTarget.create(out.resolve("place"), format, false)) {
      target.blob(Hash.sha256(BLOB), BLOB.length, new ByteArrayInputStream(BLOB));
      assertThat(out).isNotEmptyDirectory();
    }
    assertThat(out).isEmptyDirectory();
  }

  @Test
  void aSourceThatCannotBeReadIsNotBlamedOnTheTarget() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("Input/output error");
          }
        };
    Digest digest = Hash.sha256(BLOB);
    try (ImageTarget target = ImageTarget.create(out.resolve("x"), Format.OCI_TAR, false)) {
      assertThatThrownBy(() -> target.blob(digest, BLOB.length, broken))
          .isInstanceOf(OcigcException.Refused.class)
          .hasMessage("Could not read " + digest + ": Input/output error.");
    }
    assertThat(out).isEmptyDirectory();
  }

  @Test
  void aBlobThatWasWrittenAlreadyIsNotWrittenAgain() throws IOException {
    try (ImageTarget target = ImageTarget.create(out.resolve("x"), Format.OCI_FOLDER, false)) {
      target.blob(Hash.sha256(BLOB), BLOB.length, new ByteArrayInputStream(BLOB));
      target.blob(Hash.sha256(BLOB), BLOB.length, InputStream.nullInputStream());
      target.finish(INDEX, Optional.empty());
    }
    assertThat(names(out.resolve("x"))).hasSize(3);
  }

  @Test
  void aFileThatIsThereIsReplacedOnlyWhenThatIsSaid() throws IOException {
    Path file = Files.writeString(out.resolve("a.tar"), "precious");
    assertThatThrownBy(() -> export(file, Format.OCI_TAR, false))
        .isInstanceOf(OcigcException.Unusable.class)
        .hasMessage(file + " is there already: name another file, or say --replace.");
    assertThat(file).hasContent("precious");

    export(file, Format.OCI_TAR, true);
    assertThat(Files.size(file)).isGreaterThan(1000);
  }

  @Test
  void aFileThatAppearsWhileWeWriteIsKept() throws IOException {
    Path file = out.resolve("a.tar");
    try (ImageTarget target = ImageTarget.create(file, Format.OCI_TAR, false)) {
      Files.writeString(file, "precious");
      assertThatThrownBy(() -> target.finish(INDEX, Optional.empty()))
          .isInstanceOf(OcigcException.Unusable.class);
    }
    assertThat(file).hasContent("precious");
    assertThat(Files.list(out)).hasSize(1);
  }

  @Test
  void aFolderThatIsNotEmptyIsNeverReplaced() throws IOException {
    assertThatThrownBy(() -> export(layout.root(), Format.OCI_FOLDER, true))
        .isInstanceOf(OcigcException.Unusable.class)
        .hasMessageContaining("is a folder that is not empty, and is not written over")
        .hasMessageContaining("'ocigc-ledger --store " + layout.root() + " import FILE'");

    Path empty = Files.createDirectory(out.resolve("empty"));
    export(empty, Format.OCI_FOLDER, false);
    assertThat(empty.resolve("index.json")).exists();
  }

  @Test
  void aPlaceThatCannotBeIsSaidToBeOne() throws IOException {
    Path link = Files.createSymbolicLink(out.resolve("link"), folder.resolve("elsewhere"));
    for (Path place : List.of(link, out)) {
      assertThatThrownBy(() -> export(place, Format.OCI_TAR, true))
          .isInstanceOf(OcigcException.Unusable.class)
          .hasMessageContaining("is there already and is not a file");
    }
    assertThatThrownBy(() -> export(link, Format.OCI_FOLDER, true))
        .isInstanceOf(OcigcException.Unusable.class)
        .hasMessageContaining("is there already and is not a folder");
    assertThatThrownBy(() -> export(out.resolve("no/such.tar"), Format.OCI_TAR, false))
        .isInstanceOf(OcigcException.Unusable.class)
        .hasMessageContaining("is no folder");
  }

  @Test
  void theNameSaysTheFormat() {
    assertThat(Format.of(Path.of("a/b.tar"))).isEqualTo(Format.OCI_TAR);
    assertThat(Format.of(Path.of("a/b.TAR.gz"))).isEqualTo(Format.OCI_TAR_GZ);
    assertThat(Format.of(Path.of("b.tgz"))).isEqualTo(Format.OCI_TAR_GZ);
    assertThat(Format.of(Path.of("a.tar/b"))).isEqualTo(Format.OCI_FOLDER);
  }
}
