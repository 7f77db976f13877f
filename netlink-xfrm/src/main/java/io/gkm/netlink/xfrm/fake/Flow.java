package io.gkm.netlink.xfrm.fake;

import java.net.InetAddress;

/**
 * A packet as policies see it: what {@link FakeXfrmKernel#lookup} looks for.
 *
 * @param protocol IP protocol
 * @param sourcePort 0 where the protocol has none
 * @param destinationPort as sourcePort
 * @param interfaceIndex it goes out by
 * @param mark of the packet, 32 bits
 * @param interfaceId of the xfrm interface that it passes, 0 none
 */
public record Flow(
    InetAddress source,
    InetAddress destination,
    int protocol,
    int sourcePort,
    int destinationPort,
    int interfaceIndex,
    int mark,
    int interfaceId) {
  /** Without mark or interface. */
  public static Flow of(
      InetAddress source,
      int sourcePort,
      InetAddress destination,
      int destinationPort,
      int protocol) {
    return new Flow(source, destination, protocol, sourcePort, destinationPort, 0, 0, 0);
  }

  public Flow withMark(int newMark) {
    return new Flow(
        source,
        destination,
        protocol,
        sourcePort,
        destinationPort,
        interfaceIndex,
        newMark,
        interfaceId);
  }
}
