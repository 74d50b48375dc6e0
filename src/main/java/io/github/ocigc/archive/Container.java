package io.github.ocigc.archive;

import java.io.IOException;
import java.io.OutputStream;

/** A layout being written, as a folder or as a tar, under a temporary name. */
sealed interface Container permits FolderContainer, TarContainer {
  void folder(String name) throws IOException;

  /** A file of exactly that many bytes; closing the stream ends it. */
  OutputStream file(String name, long size) throws IOException;

  /** Ends it; all of it is on the disk when this returns. */
  void complete() throws IOException;

  /** Closes and removes what has been written. */
  void abandon();
}
