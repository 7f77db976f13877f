package io.gkm.ike;

import java.util.Arrays;

/**
 * How an IKE message lies in a UDP datagram (RFC 7296 section 3.1, RFC 3948 section 2.2): on port
 * 4500 four zero octets, the non-ESP marker, stand in front of it; on any other port nothing does.
 */
final class UdpFraming {
  private static final int MARKER = 4;
  private static final byte[] NON_ESP = new byte[MARKER];

  private UdpFraming() {}

  /** The datagram that carries {@code message} on {@code path}. */
  static byte[] datagram(UdpPath path, byte[] message) {
    if (!path.hasNonEspMarker()) {
      return message.clone();
    }
    byte[] datagram = new byte[MARKER + message.length];
    System.arraycopy(message, 0, datagram, MARKER, message.length);
    return datagram;
  }

  /**
   * The IKE message in a datagram.
   *
   * @throws IgnoredMessageException when it holds something else: a NAT keepalive, or ESP
   */
  static byte[] message(UdpPath path, byte[] datagram) throws IgnoredMessageException {
    if (Keepalive.is(datagram)) {
      throw new IgnoredMessageException("NAT keepalive");
    }
    if (!path.hasNonEspMarker()) {
      return datagram.clone();
    }
    if (datagram.length < MARKER || !Arrays.equals(datagram, 0, MARKER, NON_ESP, 0, MARKER)) {
      throw new IgnoredMessageException("no non-ESP marker: not an IKE message");
    }
    return Arrays.copyOfRange(datagram, MARKER, datagram.length);
  }
}
