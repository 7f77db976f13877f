package io.gkm.group;

import io.gkm.ike.crypto.RekeySuite;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.TrafficSelector;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The policy of a Rekey SA (GIKE_UPDATE) that passed every check which needs no keys (RFC 9838
 * section 4.4.2).
 *
 * @param spi 16 octets
 * @param source who may send GSA_REKEY messages: one address and port, or wildcards
 * @param destination the multicast address and UDP port they go to
 * @param firstMessageId GSA_INITIAL_MESSAGE_ID: smaller Message IDs are old; 0 when absent
 * @param lifetime GSA_KEY_LIFETIME
 * @param nextSpis GSA_NEXT_SPI: an SPI of these means that a rekey was missed
 */
record RekeyPolicy(
    Octets spi,
    TrafficSelector source,
    InetSocketAddress destination,
    RekeySuite suite,
    long firstMessageId,
    Duration lifetime,
    List<Octets> nextSpis) {
  RekeyPolicy {
    nextSpis = List.copyOf(nextSpis);
  }

  /** The only address that may send, when there is only one. */
  Optional<InetAddress> onlySource() {
    return source.isSingleAddress() ? Optional.of(source.startInetAddress()) : Optional.empty();
  }

  /** Whether a datagram from there can be a GSA_REKEY of this SA. */
  boolean allows(InetSocketAddress sender) {
    byte[] address = sender.getAddress().getAddress();
    return address.length == source.startAddress().size()
        && Arrays.compareUnsigned(source.startAddress().toByteArray(), address) <= 0
        && Arrays.compareUnsigned(address, source.endAddress().toByteArray()) <= 0
        && source.startPort() <= sender.getPort()
        && sender.getPort() <= source.endPort();
  }
}
