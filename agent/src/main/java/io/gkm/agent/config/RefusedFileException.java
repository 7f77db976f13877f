package io.gkm.agent.config;

/** A file that the configuration names cannot be used; the message says why and what to do. */
public final class RefusedFileException extends Exception {
  private static final long serialVersionUID = 1L;

  RefusedFileException(String message) {
    super(message);
  }

  RefusedFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
