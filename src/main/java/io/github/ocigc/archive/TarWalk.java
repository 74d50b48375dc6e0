package io.github.ocigc.archive;

import io.github.ocigc.oci.OcigcException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the headers of a tar. The headers are commons-compress's to read (pax, GNU, star);
 * the way from one to the next is ours, so that a plain file is not read but stepped through, and
 * so that no header costs more memory than {@link #HEADER_BYTES}: a chain of long names would
 * otherwise be read into memory whole, one call deeper each.
 */
final class TarWalk {
  /** A path of 4,096 bytes, and much more than any tool puts beside it. */
  private static final long HEADER_BYTES = 256 << 10;

  private static final int RECORD_BYTES = 512;

  /** The end of a tar is padded to 10,240 bytes; what follows is not looked at for longer. */
  private static final int TAIL_BYTES = 1 << 20;

  /** Sees each entry in turn, and may read its bytes. */
  interface Visitor {
    void entry(TarEntry entry, ForwardStream bytes) throws IOException;
  }

  private final ArchiveFile file;

  private TarWalk(ArchiveFile file) {
    this.file = file;
  }

  /** Shows every entry; throws if there is none, and at the first that is not as it should be. */
  static void over(ArchiveFile file, Visitor visitor) {
    new TarWalk(file).run(visitor);
  }

  private void run(Visitor visitor) {
    boolean any = false;
    try (ForwardStream in = file.open()) {
      while (true) {
        TarArchiveEntry header = next(in, any);
        if (header == null) {
          break;
        }
        TarEntry entry = entry(header, in.position());
        long end = endOf(entry, in.position());
        any = true;
        visitor.entry(entry, in);
        in.skipTo(end);
      }
      if (!any) {
        throw noTar();
      }
      if (in.position() % RECORD_BYTES != 0) {
        throw new EOFException("it ends in the middle of a header");
      }
      in.readNBytes(TAIL_BYTES); // a gzip has its checksum there
    } catch (java.nio.file.FileSystemException e) {
      throw Trouble.refused("read", file.shown(), e);
    } catch (IOException e) {
      throw Trouble.unreadable(file.shown(), e);
    }
  }

  private @Nullable TarArchiveEntry next(ForwardStream in, boolean any) throws IOException {
    in.allow(HEADER_BYTES);
    TarArchiveEntry header;
    try {
      @SuppressWarnings("resource") // the stream below it goes on
      TarArchiveInputStream tar =
          new TarArchiveInputStream(
              in, RECORD_BYTES, RECORD_BYTES, StandardCharsets.UTF_8.name(), false);
      header = tar.getNextEntry();
    } catch (IOException | IllegalArgumentException e) {
      if (!any && !(e instanceof EOFException) && in.position() <= RECORD_BYTES) {
        throw noTar();
      }
      throw e instanceof IOException io ? io : new IOException(e.getMessage(), e);
    }
    in.allowAll();
    if (header != null && !header.isCheckSumOK()) {
      if (!any) {
        throw noTar();
      }
      throw new IOException("a header does not have the checksum that it says");
    }
    return header;
  }

  private OcigcException noTar() {
    return Trouble.unusable(
        file.shown(),
        "is no archive of images: it is neither a tar nor a tar.gz. Give a layout folder, an OCI"
            + " archive, or what 'docker save' writes");
  }

  private TarEntry entry(TarArchiveEntry header, long offset) {
    String given = header.getName();
    Optional<String> name = EntryName.normal(given);
    if (name.isEmpty()) {
      throw Trouble.damaged(
          file.shown(),
          "its entry " + Trouble.quoted(given) + " has a path that leads out of the archive");
    }
    if (header.isSparse()) {
      throw Trouble.unusable(
          file.shown(),
          "has "
              + Trouble.quoted(given)
              + " as a sparse file, which is not read here: archive it without --sparse");
    }
    TarEntry.Kind kind = kind(header);
    // as Go's archive/tar, which docker and skopeo read with: only a file is followed by bytes
    boolean bytes = kind == TarEntry.Kind.FILE || (kind == TarEntry.Kind.OTHER && !special(header));
    return new TarEntry(
        name.get(),
        kind,
        header.getLinkName() == null ? "" : header.getLinkName(),
        offset,
        bytes ? header.getSize() : 0);
  }

  private static boolean special(TarArchiveEntry header) {
    return header.isCharacterDevice() || header.isBlockDevice() || header.isFIFO();
  }

  private static TarEntry.Kind kind(TarArchiveEntry header) {
    if (header.isDirectory()) {
      return TarEntry.Kind.FOLDER;
    }
    return switch (header.getLinkFlag()) {
      case TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM, TarConstants.LF_CONTIG ->
          TarEntry.Kind.FILE;
      case TarConstants.LF_SYMLINK -> TarEntry.Kind.SYMBOLIC_LINK;
      case TarConstants.LF_LINK -> TarEntry.Kind.HARD_LINK;
      default -> TarEntry.Kind.OTHER;
    };
  }

  private long endOf(TarEntry entry, long from) {
    long records = (entry.size() + RECORD_BYTES - 1) / RECORD_BYTES;
    long end = from + records * RECORD_BYTES;
    if (entry.size() < 0 || entry.size() > Long.MAX_VALUE - (1 << 20) || end < from) {
      throw Trouble.damaged(
          file.shown(),
          "its entry "
              + Trouble.quoted(entry.name())
              + " says that it has "
              + entry.size()
              + " bytes");
    }
    return end;
  }
}
