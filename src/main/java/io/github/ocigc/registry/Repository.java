package io.github.ocigc.registry;

import io.github.ocigc.oci.BlobSink;
import io.github.ocigc.oci.Descriptor;
import io.github.ocigc.oci.Digest;
import io.github.ocigc.oci.OcigcException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * One repository of a registry (distribution-spec 1.1). Safe for many threads; each call blocks its
 * thread and ends with an {@link OcigcException} if that is interrupted.
 *
 * <p>Every method throws RegistryFailed if the registry cannot be reached, refuses, or answers what
 * cannot be used, and Unusable if a file of credentials or a name is broken.
 */
public final class Repository {
  private final Line line;
  private final FallbackTag fallback;

  Repository(Line line) {
    this.line = line;
    this.fallback = new FallbackTag(line);
  }

  /**
   * A manifest of any media type, of at most 4 MiB. Throws NotFound if it is not there, Damaged if
   * the bytes are not those of the digest.
   */
  public Manifest manifest(String tagOrDigest) {
    return findManifest(tagOrDigest)
        .orElseThrow(
            () ->
                new OcigcException.NotFound(
                    "The manifest "
                        + tagOrDigest
                        + " is not in "
                        + line.place()
                        + ". Check the name and the tag."));
  }

  /** As {@link #manifest}, empty if it is not there. */
  public Optional<Manifest> findManifest(String tagOrDigest) {
    return new ManifestGet(line).find(Target.parse(tagOrDigest));
  }

  /**
   * What a registry says of a manifest without sending it; empty if it is not there. The size is -1
   * if it is not said.
   */
  public Optional<Descriptor> headManifest(String tagOrDigest) {
    return new ManifestHead(line).find(Target.parse(tagOrDigest));
  }

  public boolean hasBlob(Digest digest) {
    return new BlobHead(line).isThere(digest);
  }

  /**
   * Fetches what the sink does not have yet. On return the sink has exactly the descriptor's size,
   * if that is known; whether the bytes are right is for the owner of the sink to check. On failure
   * the sink keeps what it got, and another call goes on from there.
   *
   * @param moved told of bytes as they are taken; a negative number if the blob starts again
   */
  public void fetchBlob(Descriptor blob, BlobSink sink, LongConsumer moved) {
    new BlobFetch(line, blob, sink, moved).run();
  }

  /**
   * Uploads a blob whose size is known, whether or not the registry has it. Throws Refused if the
   * content cannot be read.
   *
   * @param moved told, by the calling thread, of bytes as they are sent; a negative number if some
   *     have to be sent again
   */
  public void uploadBlob(Descriptor blob, BlobContent content, LongConsumer moved) {
    new BlobUpload(line, blob, content, moved).run();
  }

  /**
   * True if the registry took the blob from another of its repositories; false if it did not and
   * the blob has to be uploaded.
   */
  public boolean mountBlob(Digest digest, String fromRepository) {
    return new BlobMount(line).mount(digest, Registries.checked(fromRepository));
  }

  /**
   * Pushes a manifest. If it names a subject, the registry's list of referrers has it afterwards,
   * below the fallback tag if need be. Pushing the same again changes nothing.
   */
  public void putManifest(String tagOrDigest, String mediaType, byte[] bytes) {
    new ManifestPut(line, fallback).put(Target.parse(tagOrDigest), mediaType, bytes);
  }

  /** The manifests that name this one as their subject; empty if there are none. */
  public List<Descriptor> referrers(Digest subject) {
    return new ReferrersList(line, fallback).of(subject);
  }
}
