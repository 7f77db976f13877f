package io.gkm.agent;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What to tell of an exception. */
final class Failures {
  private Failures() {}

  /** The exception that others only wrap. */
  static Throwable root(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** Its message, or its kind when it has none. */
  static String text(Throwable failure) {
    Throwable cause = root(failure);
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
