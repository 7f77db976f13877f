package io.gkm.group;

import io.gkm.ike.crypto.DataTransform;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.SnId;
import io.gkm.ike.wire.TrafficSelector;
import java.time.Duration;
import java.util.Optional;

/**
 * An ESP policy that passed every check which needs no keys.
 *
 * @param encryptionKeyBits the Key Length attribute, 0 when absent
 * @param sequenceNumbers SN transform id: 0 sequential, 2 unspecified
 */
record AcceptedPolicy(
    Octets spi,
    TrafficSelector source,
    TrafficSelector destination,
    DataTransform encryption,
    int encryptionKeyBits,
    Optional<DataTransform> integrity,
    int sequenceNumbers,
    Optional<Duration> lifetime) {

  /** XFRM's window without extended sequence numbers. */
  private static final int REPLAY_WINDOW = 32;

  /** What messages call it. */
  String name() {
    return "ESP SA 0x" + spi.toHex();
  }

  /** Whether more than one host may send with it (RFC 9838, 4.4.2.1.3). */
  boolean isMultiSender() {
    return sequenceNumbers == SnId.UNSPECIFIED_32 || !source.isSingleAddress();
  }

  /** Unspecified sequence numbers repeat: then there is nothing to check (RFC 9838, 2.6). */
  int replayWindow() {
    return sequenceNumbers == SnId.UNSPECIFIED_32 ? 0 : REPLAY_WINDOW;
  }

  /** Whether it protects exactly the traffic the other one does. */
  boolean hasSelectorsOf(AcceptedPolicy other) {
    return source.equals(other.source) && destination.equals(other.destination);
  }

  /** Whether it lives longer than the other one; no lifetime is the longest. */
  boolean outlives(AcceptedPolicy other) {
    if (lifetime.isEmpty() || other.lifetime.isEmpty()) {
      return lifetime.isEmpty() && other.lifetime.isPresent();
    }
    return lifetime.get().compareTo(other.lifetime.get()) > 0;
  }
}
