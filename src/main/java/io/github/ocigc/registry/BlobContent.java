package io.github.ocigc.registry;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of a blob that is to be uploaded; they may be wanted more than once. */
public interface BlobContent {
  /**
   * Opens the bytes from an offset on. The stream is read by another thread than the one that opens
   * it, one at a time, and is closed by the upload.
   */
  InputStream open(long from) throws IOException;
}
