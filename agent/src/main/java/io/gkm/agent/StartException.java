package io.gkm.agent;

/** The daemon cannot start; the message says why and what to do. */
public final class StartException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ExitStatus status;

  StartException(ExitStatus status, String message, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  public ExitStatus status() {
    return status;
  }
}
