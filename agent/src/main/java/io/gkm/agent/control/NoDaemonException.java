package io.gkm.agent.control;

import java.io.IOException;

/** Nobody listens on the control socket. */
public final class NoDaemonException extends IOException {
  private static final long serialVersionUID = 1L;

  NoDaemonException(String message, Throwable cause) {
    super(message, cause);
  }
}
