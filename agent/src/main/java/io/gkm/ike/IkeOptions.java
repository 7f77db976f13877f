package io.gkm.ike;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;

/**
 * How an IKE SA behaves where the protocol leaves a choice.
 *
 * @param maxPacketIpv4 octets of an IPv4 packet that carries an IKE message: longer messages go in
 *     fragments (RFC 7383) when the peer agrees to that; 0 never to agree
 * @param maxPacketIpv6 the same for IPv6
 * @param rekeyAfter the age at which we rekey the IKE SA; zero to leave it to the peer
 * @param livenessAfter how long the peer may be silent before we ask whether it is alive, while a
 *     group depends on this IKE SA; zero never to ask
 */
public record IkeOptions(
    int maxPacketIpv4, int maxPacketIpv6, Duration rekeyAfter, Duration livenessAfter) {
  /**
   * Packets as RFC 7383 section 2.5.1 recommends where the path MTU is not known, 576 and 1280
   * octets; a rekey after four hours; a minute of silence.
   */
  public static final IkeOptions STANDARD =
      new IkeOptions(576, 1280, Duration.ofHours(4), Duration.ofMinutes(1));

  private static final int LEAST = 128;
  private static final int IPV4_HEADER = 20;
  private static final int IPV6_HEADER = 40;
  private static final int UDP_HEADER = 8;
  private static final int NON_ESP_MARKER = 4;

  /** Packet sizes alone; the rest as in {@link #STANDARD}. */
  public IkeOptions(int maxPacketIpv4, int maxPacketIpv6) {
    this(maxPacketIpv4, maxPacketIpv6, STANDARD.rekeyAfter(), STANDARD.livenessAfter());
  }

  /**
   * @throws IllegalArgumentException when a packet size is neither 0 nor 128 to 65535, or a time is
   *     negative
   */
  public IkeOptions {
    if (rekeyAfter.isNegative() || livenessAfter.isNegative()) {
      throw new IllegalArgumentException("a time is negative");
    }
    for (int octets : new int[] {maxPacketIpv4, maxPacketIpv6}) {
      if (octets != 0 && (octets < LEAST || octets > MessageSealer.WHOLE)) {
        throw new IllegalArgumentException("fragments for packets of " + octets + " octets");
      }
    }
  }

  /** Whether fragmentation is offered to a peer at this address. */
  public boolean fragments(InetAddress peer) {
    return maxPacket(peer) != 0;
  }

  /**
   * Octets of an IKE message to this address that is sent whole, also with a non-ESP marker.
   *
   * @param agreed whether both ends support fragmentation
   */
  public int maxMessage(InetAddress peer, boolean agreed) {
    if (!agreed || !fragments(peer)) {
      return MessageSealer.WHOLE;
    }
    int ip = peer instanceof Inet6Address ? IPV6_HEADER : IPV4_HEADER;
    return maxPacket(peer) - ip - UDP_HEADER - NON_ESP_MARKER;
  }

  private int maxPacket(InetAddress peer) {
    return peer instanceof Inet6Address ? maxPacketIpv6 : maxPacketIpv4;
  }
}
