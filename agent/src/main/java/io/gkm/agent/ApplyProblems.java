package io.gkm.agent;

import io.gkm.dataplane.ApplyResult;
import java.util.Optional;

/** What is wrong after an apply, in one line. */
final class ApplyProblems {
  private ApplyProblems() {}

  static Optional<String> of(ApplyResult result) {
    return result.failures().isEmpty()
        ? Optional.empty()
        : Optional.of(String.join("; ", result.failures()));
  }
}
