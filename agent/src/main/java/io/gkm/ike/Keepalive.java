package io.gkm.ike;

import java.time.Duration;
import java.util.Optional;

/**
 * NAT keepalives (RFC 3948 section 2.3): while we are behind a NAT, a single 0xFF octet whenever
 * nothing else was sent for 20 seconds, so that the NAT keeps its mapping.
 */
final class Keepalive {
  static final Duration INTERVAL = Duration.ofSeconds(20);
  private static final byte OCTET = (byte) 0xFF;

  private Optional<Moment> due = Optional.empty();

  /** Whether this datagram is one. */
  static boolean is(byte[] datagram) {
    return datagram.length == 1 && datagram[0] == OCTET;
  }

  static byte[] datagram() {
    return new byte[] {OCTET};
  }

  /** We are behind a NAT: keep its mapping from now on. */
  void start(Moment now) {
    due = Optional.of(now.plus(INTERVAL));
  }

  /** Something was sent, which serves as well. */
  void sent(Moment now) {
    due = due.map(d -> now.plus(INTERVAL));
  }

  Optional<Moment> deadline() {
    return due;
  }

  boolean isDue(Moment now) {
    return due.isPresent() && !now.isBefore(due.get());
  }
}
