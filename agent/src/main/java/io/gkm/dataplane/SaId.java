package io.gkm.dataplane;

import java.net.InetAddress;

/**
 * What makes an XFRM state one of a kind, with mark 0.
 *
 * @param destination the group address
 * @param spi 4 octets as a number
 * @param protocol IP protocol: 50 ESP, 51 AH
 */
record SaId(InetAddress destination, int spi, int protocol) {
  @Override
  public String toString() {
    return String.format("0x%08x to %s", spi, destination.getHostAddress());
  }
}
