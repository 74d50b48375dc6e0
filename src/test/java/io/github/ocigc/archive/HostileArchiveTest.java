package io.github.ocigc.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.oci.Digest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that somebody made to do harm. */
final class HostileArchiveTest extends RefusedArchives {
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

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anIndexThatExpandsWithoutEndIsNotReadBeyondTheLimit(boolean gzip) {
    TarBuilder tar = new TarBuilder().file("index.json", "{" + " ".repeat((int) LIMIT) + "}");
    Path ignored = gzip ? tar.gzipAt(file) : tar.at(file);
    damaged("'index.json' in it has 1048578 bytes; documents are read up to 1048576");
  }

  @Test
  void anIndexThatIsNestedWithoutEndIsDamaged() {
    new TarBuilder().file("index.json", "{\"manifests\":" + "[".repeat(500_000)).at(file);
    damaged("its index.json says what it holds, and cannot be read: ");
  }

  @Test
  void anIndexThatIsALinkIsDamaged() {
    new TarBuilder().special("index.json", TarConstants.LF_SYMLINK, "/etc/passwd").at(file);
    damaged("its index.json is a symbolic link");
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
}
