package io.gkm.ike;

import java.util.Arrays;
import java.util.Optional;

/**
 * How an IKE message lies in a UDP datagram (RFC 7296 section 3.1, RFC 3948 section 2.2): on port
 * 4500 four zero octets, the non-ESP marker, stand in front of it; on any other port nothing does.
 */
final class UdpFraming {
  private static final int MARKER = 4;

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

  /** The IKE message in a datagram, or nothing when it holds something else (ESP, a fragment). */
  static Optional<byte[]> message(UdpPath path, byte[] datagram) {
    if (!path.hasNonEspMarker()) {
      return Optional.of(datagram.clone());
    }
    if (datagram.length < MARKER) {
      return Optional.empty();
    }
    for (int i = 0; i < MARKER; i++) {
      if (datagram[i] != 0) {
        return Optional.empty();
      }
    }
    return Optional.of(Arrays.copyOfRange(datagram, MARKER, datagram.length));
  }
}
