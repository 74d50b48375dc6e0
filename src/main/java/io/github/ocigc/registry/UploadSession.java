package io.github.ocigc.registry;

import io.github.ocigc.oci.OcigcException;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An upload that a registry has begun (distribution-spec 1.1, "Pushing blobs"). Every answer may
 * name a new address for the next request.
 *
 * @param offset how many bytes the registry says that it has
 * @param minimumChunk what a chunk that is not the last must have at least; 0 if it does not say
 */
record UploadSession(URI location, long offset, long minimumChunk) {
  private static final Pattern RANGE = Pattern.compile("(bytes=)?0-[0-9]{1,18}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  /** Step one of any upload: {@code POST /v2/<name>/blobs/uploads/}. */
  static UploadSession begin(Line line, String doing) throws TransientFailure {
    Call call = Call.get(doing, line.uri("blobs/uploads/"), line.pushing()).method("POST");
    try (Answer answer = line.once(call)) {
      if (answer.status() != 202) {
        throw line.refused(call, answer);
      }
      long minimum =
          answer
              .header("OCI-Chunk-Min-Length")
              .filter(text -> NUMBER.matcher(text).matches())
              .map(Long::parseLong)
              .orElse(0L);
      URI location =
          location(answer)
              .orElseThrow(
                  () ->
                      new OcigcException.RegistryFailed(
                          doing
                              + " failed: the registry does not say where to upload it to. Check"
                              + " that its name is right."));
      return new UploadSession(location, 0, minimum);
    }
  }

  /** Where it stands after an answer; {@code unlessSaid} is the offset if the answer names none. */
  UploadSession after(Answer answer, long unlessSaid) {
    long next =
        answer
            .header("Range")
            .filter(text -> RANGE.matcher(text).matches())
            .map(text -> Long.parseLong(text.substring(text.indexOf('-') + 1)))
            .map(last -> last == 0 ? 0 : last + 1) // 0-0 is what registries say of nothing, too
            .orElse(unlessSaid);
    return new UploadSession(location(answer).orElse(location), next, minimumChunk);
  }

  static Optional<URI> location(Answer answer) {
    return answer.header("Location").flatMap(text -> Location.ofUpload(answer.uri(), text));
  }

  /** The address that ends the upload. */
  URI closing(Object digest) {
    return Location.with(location, "digest=" + digest);
  }

  /** Tells the registry, once, that there will be no more; it collects what is left by itself. */
  void cancel(Line line, String doing) {
    Call call = Call.get(doing, location, line.pushing()).method("DELETE");
    try (Answer answer = line.once(call)) {
      answer.status();
    } catch (TransientFailure leftToTheRegistry) {
      return;
    }
  }
}
