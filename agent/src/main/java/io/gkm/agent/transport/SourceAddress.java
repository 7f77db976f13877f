package io.gkm.agent.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;

/** Which of this host's addresses the kernel would send from. */
public final class SourceAddress {
  private SourceAddress() {}

  /**
   * The local address of a throw-away UDP socket connected to {@code remote}: what routing and
   * source address selection say now. Nothing is sent.
   *
   * @throws TransportException when there is no route
   */
  public static InetAddress toward(InetAddress remote, int port) throws TransportException {
    boolean ipv4 = remote.getAddress().length == 4;
    StandardProtocolFamily family =
        ipv4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
    try (DatagramChannel probe = DatagramChannel.open(family)) {
      probe.connect(new InetSocketAddress(remote, port));
      InetAddress local = ((InetSocketAddress) probe.getLocalAddress()).getAddress();
      if (local.isAnyLocalAddress()) {
        throw new UnknownHostException("the kernel named no source address");
      }
      return local;
    } catch (IOException e) {
      throw new TransportException(
          "no route to %s (%s); check this host's addresses and routes: ip route get %s"
              .formatted(remote.getHostAddress(), e.getMessage(), remote.getHostAddress()),
          e);
    }
  }
}
