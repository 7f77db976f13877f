package io.gkm.dataplane;

/** Traffic that the kernel's selectors cannot express; the message says why. */
public final class SelectorException extends Exception {
  private static final long serialVersionUID = 1L;

  SelectorException(String message) {
    super(message);
  }
}
