package io.gkm.agent.pki;

/** A certificate is not to be trusted; the message says why, to the person who runs gkm. */
final class UntrustedException extends Exception {
  private static final long serialVersionUID = 1L;

  UntrustedException(String message) {
    super(message);
  }

  UntrustedException(String message, Throwable cause) {
    super(message, cause);
  }
}
