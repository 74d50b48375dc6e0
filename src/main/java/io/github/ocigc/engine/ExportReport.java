package io.github.ocigc.engine;

import io.github.ocigc.oci.Digest;
import java.nio.file.Path;

/**
 * What an export wrote.
 *
 * @param reference the name here; the digest if it was meant by that
 * @param absent manifests of a sparse index that are not here and so not there
 */
public record ExportReport(
    String reference, Digest digest, Path file, long blobs, long bytes, long absent) {}
