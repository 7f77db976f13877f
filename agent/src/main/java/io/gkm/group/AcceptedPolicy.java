package io.gkm.group;

import io.gkm.ike.crypto.DataSuite;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.ProtocolId;
import io.gkm.ike.wire.SnId;
import io.gkm.ike.wire.TrafficSelector;
import java.time.Duration;
import java.util.Optional;

/**
 * A data SA policy that passed every check which needs no keys.
 *
 * @param protocolId security protocol: ESP or AH
 * @param sequenceNumbers SN transform id: 0 sequential, 2 unspecified
 * @param replayWindow packets, where sequence numbers are sequential
 */
record AcceptedPolicy(
    int protocolId,
    Octets spi,
    TrafficSelector source,
    TrafficSelector destination,
    DataSuite suite,
    int sequenceNumbers,
    int replayWindow,
    Optional<Duration> lifetime) {

  /** What messages call it. */
  String name() {
    return ProtocolId.name(protocolId) + " SA 0x" + spi.toHex();
  }

  /** Whether more than one host may send with it (RFC 9838, 4.4.2.1.3). */
  boolean isMultiSender() {
    return sequenceNumbers == SnId.UNSPECIFIED_32 || !source.isSingleAddress();
  }

  /** Unspecified sequence numbers repeat: then there is nothing to check (RFC 9838, 2.6). */
  int usedReplayWindow() {
    return sequenceNumbers == SnId.UNSPECIFIED_32 ? 0 : replayWindow;
  }

  /** Whether it lives longer than the other one; no lifetime is the longest. */
  boolean outlives(AcceptedPolicy other) {
    if (lifetime.isEmpty() || other.lifetime.isEmpty()) {
      return lifetime.isEmpty() && other.lifetime.isPresent();
    }
    return lifetime.get().compareTo(other.lifetime.get()) > 0;
  }
}
