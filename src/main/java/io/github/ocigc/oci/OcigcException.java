package io.github.ocigc.oci;

/**
 * Why a verb did not do what it was asked for. Every message is written for the person who reads
 * it: what was tried, on what, what was found, and what to do next.
 */
public abstract sealed class OcigcException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private OcigcException(String message, Throwable cause) {
    super(message, cause);
  }

  private OcigcException(String message) {
    super(message);
  }

  /** The request itself cannot be carried out: a wrong option, name or place. */
  public static final class Unusable extends OcigcException {
    private static final long serialVersionUID = 1L;

    public Unusable(String message) {
      super(message);
    }
  }

  /** More than one reference is meant; the message lists the candidates. */
  public static final class Ambiguous extends OcigcException {
    private static final long serialVersionUID = 1L;

    public Ambiguous(String message) {
      super(message);
    }
  }

  /** No reference or content of that name. */
  public static final class NotFound extends OcigcException {
    private static final long serialVersionUID = 1L;

    public NotFound(String message) {
      super(message);
    }
  }

  /** Damage was found, so nothing was removed. */
  public static final class Damaged extends OcigcException {
    private static final long serialVersionUID = 1L;

    public Damaged(String message) {
      super(message);
    }
  }

  /** Another process kept the store for longer than we were told to wait. */
  public static final class Locked extends OcigcException {
    private static final long serialVersionUID = 1L;

    public Locked(String message) {
      super(message);
    }
  }

  /** The operating system refused: no permission, no space, a read error. */
  public static final class Refused extends OcigcException {
    private static final long serialVersionUID = 1L;

    public Refused(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** A registry could not be reached, refused, or answered what cannot be used. */
  public static final class RegistryFailed extends OcigcException {
    private static final long serialVersionUID = 1L;

    private final boolean forNow;

    public RegistryFailed(String message) {
      this(message, false);
    }

    private RegistryFailed(String message, boolean forNow) {
      super(message);
      this.forNow = forNow;
    }

    /** One that says nothing about the next try: a connection broke, a registry was busy. */
    public static RegistryFailed forNow(String message) {
      return new RegistryFailed(message, true);
    }

    /** True if the same may well succeed another time. */
    public boolean isForNow() {
      return forNow;
    }
  }
}
