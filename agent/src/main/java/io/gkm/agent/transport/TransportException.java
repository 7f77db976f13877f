package io.gkm.agent.transport;

import java.io.IOException;

/** A socket that cannot be had or used; the message says which, why, and what to do. */
public final class TransportException extends IOException {
  private static final long serialVersionUID = 1L;

  TransportException(String message, Throwable cause) {
    super(message, cause);
  }
}
