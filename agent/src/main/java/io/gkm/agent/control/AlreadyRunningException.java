package io.gkm.agent.control;

import java.io.IOException;

/** Another daemon holds what only one may hold. */
public final class AlreadyRunningException extends IOException {
  private static final long serialVersionUID = 1L;

  AlreadyRunningException(String message) {
    super(message);
  }
}
