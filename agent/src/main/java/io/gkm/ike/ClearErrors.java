package io.gkm.ike;

import io.gkm.ike.wire.IkeMessage;
import java.util.Optional;

/**
 * Error notifies that came unprotected. Anybody on the way can send them, so they end nothing (RFC
 * 7296 section 2.21); but when no proper answer comes in time, the last one is the best
 * explanation.
 */
final class ClearErrors {
  private Optional<Integer> last = Optional.empty();
  private Optional<String> unacceptable = Optional.empty();

  void note(int notifyType) {
    last = Optional.of(notifyType);
  }

  /** Keeps the error of an answer that should have been protected and is not. */
  void noteIn(IkeMessage message) {
    message.chain().firstError().ifPresent(e -> note(e.notifyType()));
  }

  /** Keeps why an answer could not be accepted. */
  void noteUnacceptable(String why) {
    unacceptable = Optional.of(why);
  }

  /** A new request: what was said about the one before does not explain its fate. */
  void clear() {
    last = Optional.empty();
    unacceptable = Optional.empty();
  }

  /** What to report when the time is over. */
  SessionFailedException timeout(String what, RetransmitPolicy policy) {
    String base = what + " was not answered properly within " + policy.total().toSeconds() + " s";
    if (last.isEmpty()) {
      return new SessionFailedException(
          CloseReason.TIMEOUT,
          base
              + unacceptable.map(why -> "; the last answer was not acceptable: " + why).orElse(""));
    }
    int type = last.get();
    return new SessionFailedException(
        ErrorNotify.reason(type),
        base + "; without protection the peer said " + ErrorNotify.describe(type));
  }
}
