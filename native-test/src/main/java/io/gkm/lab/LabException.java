package io.gkm.lab;

/**
 * The lab itself failed (a command of its own, a capture, a wait), as opposed to what is tested in
 * it.
 */
public class LabException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LabException(String message) {
    super(message);
  }

  public LabException(String message, Throwable cause) {
    super(message, cause);
  }
}
