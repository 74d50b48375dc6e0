package io.github.ocigc.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.OcigcException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that were damaged on their way, and archives that somebody made to do harm. */
final class HostileArchiveTest {
  private static final long LIMIT = 1 << 20;
  private static final String HEX = "0".repeat(64);

  @TempDir Path folder;
  private LayoutFixture layout;
  private Item app;
  private Path file;

  @BeforeEach
  void buildALayout() {
    layout = new LayoutFixture(folder.resolve("layout"));
    app = layout.image("app").layers(2).tag();
    file = folder.resolve("archive");
  }

  private ImageSource open() {
    return ImageSource.open(file, folder, LIMIT);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> damaged(String why) {
    return assertThatThrownBy(this::open)
        .isInstanceOf(OcigcException.Damaged.class)
        .hasMessageStartingWith(file + " cannot be trusted: ")
        .hasMessageEndingWith(". Make or fetch it again.")
        .hasMessageContaining(why);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> unusable(String why) {
    return assertThatThrownBy(this::open)
        .isInstanceOf(OcigcException.Unusable.class)
        .hasMessageStartingWith(file + " ")
        .hasMessageContaining(why);
  }

  private static Digest digest(Item item) {
    return Digest.parse(item.digest()).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x",
        "/etc/passwd",
        "blobs/sha256/../../x",
        "blobs/sha256/../../../x",
        "a/..",
        "./../x"
      })
  void anEntryThatClimbsCondemnsTheWholeArchive(String name) {
    TarBuilder.of(layout).file(name, "x").at(file);
    damaged("its entry '" + name + "' has a path that leads out of the archive");
  }

  @Test
  void aBlobThatIsALinkOrADeviceIsRefused() {
    String blob = "blobs/sha256/" + HEX;
    TarBuilder.of(layout).special(blob, TarConstants.LF_SYMLINK, "/etc/passwd").at(file);
    damaged("its blob " + blob + " is a symbolic link and not a file");
    TarBuilder.of(layout).special(blob, TarConstants.LF_LINK, "index.json").at(file);
    damaged("its blob " + blob + " is a hard link and not a file");
    TarBuilder.of(layout).special(blob, TarConstants.LF_CHR, "").at(file);
    damaged("its blob " + blob + " is a device or something else that is no file");
    TarBuilder.of(layout).special(blob, TarConstants.LF_FIFO, "").at(file);
    damaged("its blob " + blob + " is a device or something else that is no file");
  }

  @Test
  void filesInABlobsPlaceWhoseNamesAreNoDigestsAreIgnored() {
    TarBuilder.of(layout)
        .file("blobs/sha256/readme", "x")
        .file("blobs/sha256/" + HEX.replace('0', 'A'), "x")
        .file("blobs/md5/" + "0".repeat(32), "x")
        .file("blobs/" + HEX, "x")
        .special("somewhere/else", TarConstants.LF_SYMLINK, "/etc/passwd")
        .at(file);
    try (ImageSource source = open()) {
      assertThat(source.images()).hasSize(1);
      assertThat(source.document(digest(app))).isPresent();
    }
  }

  @Test
  void ofTwoEntriesForABlobTheFirstCounts() {
    TarBuilder.of(layout).file("blobs/sha256/" + digest(app).encoded(), "another").at(file);
    try (ImageSource source = open()) {
      assertThat(source.document(digest(app))).isPresent();
    }
  }

  @Test
  void twoIndexesAreRefused() {
    TarBuilder.of(layout).file("./index.json", "{}").at(file);
    damaged("it has 'index.json' more than once");
  }

  @Test
  void aDocumentWithOtherBytesThanItsDigestIsRefused() {
    new TarBuilder()
        .file("index.json", "{\"manifests\":[]}")
        .file("blobs/sha256/" + HEX, "{}")
        .gzipAt(file);
    try (ImageSource source = open()) {
      Digest digest = Digest.of("sha256", HEX).orElseThrow();
      assertThatThrownBy(() -> source.document(digest))
          .isInstanceOf(OcigcException.Damaged.class)
          .hasMessageContaining("the bytes of " + digest + " in it do not have that digest");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anArchiveThatWasCutOffIsDamagedWhereverTheCutIs(boolean gzip) {
    byte[] big = new byte[5000];
    new java.util.Random(1).nextBytes(big);
    byte[] tar = TarBuilder.of(layout).file("blobs/sha256/" + HEX, big).bytes();
    int content = tar.length;
    byte[] whole = gzip ? TarBuilder.gzip(tar) : tar;
    int last = gzip ? whole.length : content - 2048 - 5120;
    for (int length = gzip ? 20 : 513; length < last; length += 191) {
      TarBuilder.write(file, Arrays.copyOf(whole, length));
      if (gzip || length % 512 != 0) {
        damaged("it cannot be read to its end");
      }
    }
  }

  @Test
  void aGzipWithAWrongChecksumIsDamaged() {
    byte[] packed = TarBuilder.gzip(TarBuilder.of(layout).bytes());
    packed[packed.length - 6] ^= 1;
    TarBuilder.write(file, packed);
    damaged("it cannot be read to its end: Corrupt GZIP trailer");
  }

  @Test
  void aFileThatShrinksAfterItWasOpenedIsDamaged() throws IOException {
    byte[] tar = TarBuilder.of(layout).bytes();
    TarBuilder.write(file, tar);
    try (ImageSource source = open()) {
      Files.write(file, Arrays.copyOf(tar, 600));
      Set<Digest> wanted = Set.of(digest(app));
      assertThatThrownBy(() -> source.read(wanted, new Collected()))
          .isInstanceOf(OcigcException.Damaged.class);
      assertThatThrownBy(() -> source.document(digest(app)))
          .isInstanceOf(OcigcException.Damaged.class);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anIndexThatExpandsWithoutEndIsNotReadBeyondTheLimit(boolean gzip) {
    TarBuilder tar = new TarBuilder().file("index.json", "{" + " ".repeat((int) LIMIT) + "}");
    Path ignored = gzip ? tar.gzipAt(file) : tar.at(file);
    damaged("'index.json' in it has 1048578 bytes; documents are read up to 1048576");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage",
        "",
        "[]",
        "{\"manifests\":7}",
        "{\"manifests\":[",
        "{} {}",
        "\0\0\0",
      })
  void anIndexThatIsNoneIsDamaged(String index) {
    new TarBuilder().file("index.json", index).gzipAt(file);
    damaged("its index.json says what it holds, and cannot be read");
  }

  @Test
  void anIndexThatIsNestedWithoutEndIsDamaged() {
    new TarBuilder().file("index.json", "{\"manifests\":" + "[".repeat(500_000)).at(file);
    damaged("its index.json says what it holds, and cannot be read: ");
  }

  @Test
  void anIndexWithAnEntryWithoutADigestIsDamaged() {
    new TarBuilder().file("index.json", "{\"manifests\":[{\"digest\":\"sha256:../x\"}]}").at(file);
    damaged(
        "in its index.json the entry without a name has 'sha256:../x', which is not a sha256 or"
            + " sha512 digest");
  }

  @Test
  void anIndexThatIsALinkIsDamaged() {
    new TarBuilder().special("index.json", TarConstants.LF_SYMLINK, "/etc/passwd").at(file);
    damaged("its index.json is a symbolic link");
  }

  @Test
  void aTarOfSomethingElseIsNoArchiveOfImages() {
    new TarBuilder().file("readme", "x").at(file);
    unusable("is a tar, but no archive of images: it has neither index.json (OCI) nor");
    new TarBuilder().file("layout/index.json", "{}").at(file);
    unusable("It has 'layout/index.json': archive that folder from inside of it");
  }

  @Test
  void whatIsNoTarIsNoArchiveOfImages() {
    for (String text : new String[] {"x", "some text\n".repeat(5), "some text\n".repeat(5000)}) {
      TarBuilder.write(file, text.getBytes(StandardCharsets.UTF_8));
      unusable("is no archive of images: it is neither a tar nor a tar.gz");
      TarBuilder.write(file, TarBuilder.gzip(text.getBytes(StandardCharsets.UTF_8)));
      unusable("is no archive of images: it is neither a tar nor a tar.gz");
    }
    TarBuilder.write(file, new byte[10240]);
    unusable("is no archive of images");
    TarBuilder.write(file, new byte[0]);
    unusable("is empty, and so no archive of images");
  }

  @Test
  void aCompressionThatIsNotReadIsCalledByItsName() {
    TarBuilder.write(file, new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 0});
    unusable("is compressed with zstd, which is not read here: decompress it first, with zstd -d");
    TarBuilder.write(file, "BZh91AY".getBytes(StandardCharsets.US_ASCII));
    unusable("bunzip2");
    TarBuilder.write(file, new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0, 0});
    unusable("unxz");
  }

  @Test
  void whatIsNotThereIsSaidToBeNotThere() {
    unusable("does not exist");
  }

  @Test
  void aSizeThatIsNegativeOrAbsurdIsDamaged() {
    byte[] tar = TarBuilder.of(layout).bytes();
    for (byte[] size :
        new byte[][] {
          {(byte) 0xff, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1}, // -1
          {(byte) 0x80, 0, 0, 0, 0x7f, -1, -1, -1, -1, -1, -1, -1}, // 2^63 - 1
          {(byte) 0x80, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0}, // 2^62
          {(byte) 0x80, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
          "77777777777\0".getBytes(StandardCharsets.US_ASCII), // 8 GiB - 1
          "zzzzzzzzzzz\0".getBytes(StandardCharsets.US_ASCII),
        }) {
      byte[] bad = Headers.withSize(tar, 512 * 2, size);
      TarBuilder.write(file, bad);
      damaged("");
      TarBuilder.write(file, TarBuilder.gzip(bad));
      damaged("");
    }
  }

  @Test
  void aHeaderWithAWrongChecksumIsDamaged() {
    byte[] tar = TarBuilder.of(layout).bytes();
    tar[1024 + 3] ^= 1;
    TarBuilder.write(file, tar);
    damaged("a header does not have the checksum that it says");
  }

  @Test
  void aNameThatExpandsWithoutEndIsNotReadIntoMemory() {
    TarArchiveEntry name =
        new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME, true);
    byte[] text = "a".repeat(300 << 10).getBytes(StandardCharsets.US_ASCII);
    new TarBuilder().entry(name, text, entry -> {}).file("index.json", "{}").gzipAt(file);
    damaged("a header of it is longer than any that a tool writes");
  }

  @Test
  void aChainOfLongNamesIsNotFollowedToItsEnd() {
    TarBuilder tar = new TarBuilder().file("index.json", "{}");
    for (int i = 0; i < 5000; i++) {
      tar.special("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME, "");
    }
    tar.at(file);
    damaged("a header of it is longer than any that a tool writes");
  }

  @Test
  void aSparseFileIsRefusedWithWhatToDo() {
    byte[] tar = new TarBuilder().file("index.json", "{}").file("blobs/x", "x").bytes();
    TarBuilder.write(file, Headers.withType(tar, 1024, TarConstants.LF_GNUTYPE_SPARSE));
    unusable("has 'blobs/x' as a sparse file, which is not read here: archive it without --sparse");
  }

  @Test
  void aHundredThousandEntriesAreReadInLittleMemory() {
    TarBuilder tar = TarBuilder.of(layout);
    for (int i = 0; i < 100_000; i++) {
      tar.file("blobs/sha256/%064x".formatted(i), "{}");
    }
    tar.gzipAt(file);
    try (ImageSource source = open()) {
      assertThat(source.size(Digest.of("sha256", "%064x".formatted(99_999)).orElseThrow()))
          .hasValue(2);
    }
  }

  @Test
  void aFolderThatIsNoLayoutIsSaidToBeNone() throws IOException {
    Files.createDirectory(file);
    unusable("is a folder, but no OCI image layout: it has no file oci-layout");
    Files.createSymbolicLink(file.resolve("oci-layout"), layout.root().resolve("oci-layout"));
    unusable("is a folder, but no OCI image layout");
  }

  @Test
  void aLayoutFolderWithoutAnIndexOrWithALongOneIsDamaged() throws IOException {
    file = layout.root();
    Path index = file.resolve("index.json");
    Files.writeString(index, "{" + " ".repeat((int) LIMIT) + "}");
    damaged("index.json in it has 1048578 bytes");
    Files.writeString(index, "garbage");
    damaged("its index.json says what it holds, and cannot be read");
    Files.delete(index);
    damaged("its index.json is missing");
    Files.createSymbolicLink(index, folder.resolve("elsewhere"));
    damaged("index.json in it is a symbolic link");
  }

  @Test
  void noLinkInALayoutFolderIsFollowed() throws IOException {
    file = layout.root();
    Path secret = Files.writeString(folder.resolve("secret"), "secret");
    Digest digest = Hashes.sha256(Files.readAllBytes(secret));
    Path blob = layout.file(digest.toString());
    Files.createSymbolicLink(blob, secret);
    try (ImageSource source = open()) {
      refusesLink(source, digest, "blobs/sha256/" + digest.encoded());
      Files.delete(blob);
      Files.createDirectory(blob);
      assertThatThrownBy(() -> source.size(digest)).hasMessageContaining("is not a file");
      Files.delete(blob);

      Path elsewhere = folder.resolve("elsewhere");
      Files.move(file.resolve("blobs"), elsewhere);
      Files.createSymbolicLink(file.resolve("blobs"), elsewhere);
      refusesLink(source, digest(app), "blobs");
      Files.delete(file.resolve("blobs"));
      Files.createDirectory(file.resolve("blobs"));
      Files.createSymbolicLink(file.resolve("blobs/sha256"), elsewhere.resolve("sha256"));
      refusesLink(source, digest(app), "blobs/sha256");
    }
  }

  private static void refusesLink(ImageSource source, Digest digest, String where) {
    String sentence = where + " in it is a symbolic link";
    assertThatThrownBy(() -> source.size(digest)).hasMessageContaining(sentence);
    assertThatThrownBy(() -> source.document(digest)).hasMessageContaining(sentence);
    assertThatThrownBy(() -> source.read(Set.of(digest), new Collected()))
        .isInstanceOf(OcigcException.Damaged.class)
        .hasMessageContaining(sentence);
  }
}
