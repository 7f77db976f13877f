package io.gkm.ike;

import io.gkm.ike.crypto.NatDetection;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.PayloadChain;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * NAT detection (RFC 7296 section 2.23): each side tells hashes of the addresses it believes in;
 * who sees others knows of a NAT.
 */
final class NatDetector implements InitExtension {
  private NatStatus status = NatStatus.UNKNOWN;

  @Override
  public List<NotifyPayload> offer(long spiI, UdpPath path) {
    return List.of(
        NotifyPayload.of(NotifyType.NAT_DETECTION_SOURCE_IP, hash(spiI, 0, path.local())),
        NotifyPayload.of(NotifyType.NAT_DETECTION_DESTINATION_IP, hash(spiI, 0, path.remote())));
  }

  @Override
  public void accepted(long spiI, long spiR, UdpPath path, PayloadChain answer) {
    List<NotifyPayload> sources = answer.notifications(NotifyType.NAT_DETECTION_SOURCE_IP);
    List<NotifyPayload> destinations =
        answer.notifications(NotifyType.NAT_DETECTION_DESTINATION_IP);
    if (sources.isEmpty() || destinations.isEmpty()) {
      status = NatStatus.UNKNOWN;
      return;
    }
    status =
        new NatStatus(
            true,
            !names(destinations, hash(spiI, spiR, path.local())),
            !names(sources, hash(spiI, spiR, path.remote())));
  }

  /** What the answer showed. */
  NatStatus status() {
    return status;
  }

  private static boolean names(List<NotifyPayload> notifies, Octets hash) {
    return notifies.stream().anyMatch(n -> n.data().equals(hash));
  }

  private static Octets hash(long spiI, long spiR, InetSocketAddress address) {
    return Octets.of(NatDetection.hash(spiI, spiR, address.getAddress(), address.getPort()));
  }
}
