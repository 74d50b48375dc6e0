package io.github.ocigc.archive;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.Hash;
import io.github.ocigc.oci.OcigcException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Layout folders that point out of themselves. */
final class HostileFolderTest extends RefusedArchives {
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
    Digest digest = Hash.sha256(Files.readAllBytes(secret));
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
