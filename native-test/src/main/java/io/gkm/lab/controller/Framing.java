package io.gkm.lab.controller;

import io.gkm.ike.UdpPath;
import io.gkm.ike.wire.ByteWriter;
import io.gkm.ike.wire.Octets;
import java.util.Arrays;
import java.util.Optional;

/** The non-ESP marker in front of IKE messages on port 4500 (RFC 3948 section 2.2). */
final class Framing {
  private static final int NAT_TRAVERSAL = 4500;
  private static final int MARKER = 4;

  private Framing() {}

  /** The message of a datagram; nothing when it is a keepalive or ESP. */
  static Optional<byte[]> message(UdpPath path, byte[] datagram) {
    if (path.local().getPort() != NAT_TRAVERSAL) {
      return Optional.of(datagram);
    }
    boolean marked =
        datagram.length > MARKER && Arrays.equals(datagram, 0, MARKER, new byte[MARKER], 0, MARKER);
    return marked
        ? Optional.of(Arrays.copyOfRange(datagram, MARKER, datagram.length))
        : Optional.empty();
  }

  static Datagram datagram(UdpPath path, byte[] message) {
    ByteWriter out = new ByteWriter();
    if (path.local().getPort() == NAT_TRAVERSAL) {
      out.zeros(MARKER);
    }
    Octets octets = out.bytes(message).toOctets();
    return new Datagram(path, octets);
  }
}
