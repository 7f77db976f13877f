package io.gkm.ike;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Our side's exchanges in the protected IKE SA: one at a time (window 1, RFC 7296 section 2.3), the
 * others wait in line.
 */
final class OwnRequests {
  private final Deque<ProtectedExchange> waiting = new ArrayDeque<>();
  // IKE_SA_INIT had 0.
  private long nextMessageId = 1;
  private Optional<ProtectedExchange> current = Optional.empty();

  /** Puts an exchange at the end of the line. */
  void add(ProtectedExchange exchange) {
    waiting.add(exchange);
  }

  /** Puts an exchange in front of all that wait. */
  void addFirst(ProtectedExchange exchange) {
    waiting.addFirst(exchange);
  }

  /** Drops waiting exchanges that are not wanted any more. */
  void drop(Predicate<ProtectedExchange> unwanted) {
    waiting.removeIf(unwanted);
  }

  /** The next exchange, now under way; nothing if one is or none waits. */
  Optional<ProtectedExchange> startNext() {
    if (current.isPresent() || waiting.isEmpty()) {
      return Optional.empty();
    }
    current = Optional.of(waiting.remove());
    return current;
  }

  /** The exchange that was under way and has its answer. */
  ProtectedExchange finish() {
    ProtectedExchange finished = current.orElseThrow();
    current = Optional.empty();
    return finished;
  }

  /** A message id for a new request: each is used once. */
  long takeMessageId() {
    return nextMessageId++;
  }
}
