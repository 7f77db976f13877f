package io.gkm.agent.control;

import java.io.IOException;

/** The control socket cannot be had or used; the message says why and what to do. */
public final class ControlException extends IOException {
  private static final long serialVersionUID = 1L;

  public ControlException(String message) {
    super(message);
  }

  public ControlException(String message, Throwable cause) {
    super(message, cause);
  }
}
