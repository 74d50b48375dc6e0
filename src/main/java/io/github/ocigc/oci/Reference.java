package io.github.ocigc.oci;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A name of an image in a registry: {@code [registry/]repository[:tag][@digest]}. The grammar of
 * repository and tag is the distribution-spec's (1.1, "Pulling manifests"); what is left out is
 * filled in as docker does.
 *
 * @param registry host and, if any, port; {@code docker.io} if the text named none
 * @param tag empty if there is a digest and no tag
 */
public record Reference(String registry, String repository, String tag, Optional<Digest> digest) {
  private static final String DEFAULT_REGISTRY = "docker.io";

  private static final Pattern REGISTRY =
      Pattern.compile(
          "([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9a-fA-F:]+\\])(:[0-9]{1,5})?");

  private static final String PART = "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*";
  private static final Pattern REPOSITORY = Pattern.compile(PART + "(/" + PART + ")*");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

  public Reference {
    require(REGISTRY, registry, "registry");
    require(REPOSITORY, repository, "repository");
    if (!tag.isEmpty() || digest.isEmpty()) {
      require(TAG, tag, "tag");
    }
    if (repository.length() > 255) {
      throw new OcigcException.Unusable("The repository " + repository + " is too long a name.");
    }
  }

  private static void require(Pattern pattern, String text, String what) {
    if (!pattern.matcher(text).matches()) {
      throw new OcigcException.Unusable(
          "'"
              + text
              + "' is no "
              + what
              + ". Write registry/repository:tag, for example docker.io/library/alpine:3.20; a"
              + " repository has lower-case letters only.");
    }
  }

  /** True if the text itself names the registry, so that nothing about it has to be guessed. */
  public static boolean namesRegistry(String text) {
    int slash = text.indexOf('/');
    return slash > 0 && isRegistry(text.substring(0, slash));
  }

  private static boolean isRegistry(String first) {
    return first.indexOf('.') >= 0 || first.indexOf(':') >= 0 || first.equals("localhost");
  }

  /** Throws {@link OcigcException.Unusable}, with what is wrong, for what is no reference. */
  public static Reference parse(String text) {
    int scheme = text.indexOf("://");
    if (scheme >= 0) {
      throw new OcigcException.Unusable(
          "'" + text + "' is an address. Write " + text.substring(scheme + 3) + " alone.");
    }
    String rest = text;
    Optional<Digest> digest = Optional.empty();
    int at = text.indexOf('@');
    if (at >= 0) {
      rest = text.substring(0, at);
      digest = Digest.parse(text.substring(at + 1));
      if (digest.isEmpty()) {
        throw new OcigcException.Unusable(
            "'" + text.substring(at + 1) + "' is not a digest; write sha256: and 64 hex digits.");
      }
    }
    String registry = DEFAULT_REGISTRY;
    if (namesRegistry(rest)) {
      registry = rest.substring(0, rest.indexOf('/'));
      rest = rest.substring(rest.indexOf('/') + 1);
    }
    String tag = "";
    int colon = rest.lastIndexOf(':');
    if (colon > rest.lastIndexOf('/')) {
      tag = rest.substring(colon + 1);
      rest = rest.substring(0, colon);
      require(TAG, tag, "tag");
    } else if (digest.isEmpty()) {
      tag = "latest";
    }
    boolean official = registry.equals(DEFAULT_REGISTRY) && rest.indexOf('/') < 0;
    return new Reference(registry, official ? "library/" + rest : rest, tag, digest);
  }

  /** As {@link #parse}; empty for what is no reference. */
  public static Optional<Reference> ifOne(String text) {
    try {
      return Optional.of(parse(text));
    } catch (OcigcException.Unusable e) {
      return Optional.empty();
    }
  }

  /** What a registry is asked for: the digest, if there is one, else the tag. */
  public String target() {
    return digest.map(Digest::toString).orElse(tag);
  }

  /** Registry and repository. */
  public String place() {
    return registry + "/" + repository;
  }

  /** The whole name, with nothing left to be filled in. */
  @Override
  public String toString() {
    return place() + (tag.isEmpty() ? "" : ":" + tag) + digest.map(named -> "@" + named).orElse("");
  }
}
