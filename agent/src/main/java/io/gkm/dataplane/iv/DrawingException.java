package io.gkm.dataplane.iv;

/**
 * No SA with the Sender-ID was made, and none is left: the reason, for people. Nothing was sent
 * with the key.
 */
public final class DrawingException extends Exception {
  private static final long serialVersionUID = 1L;

  DrawingException(String reason) {
    super(reason);
  }

  DrawingException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
