package io.gkm.dataplane;

import java.util.List;

/**
 * How an apply ended.
 *
 * @param failures what is still not as desired, and why, for people; empty: all is true
 * @param operations what was done in the kernel, in order
 */
public record ApplyResult(List<String> failures, List<String> operations) {
  public ApplyResult {
    failures = List.copyOf(failures);
    operations = List.copyOf(operations);
  }

  public ApplyResult(List<String> failures) {
    this(failures, List.of());
  }
}
