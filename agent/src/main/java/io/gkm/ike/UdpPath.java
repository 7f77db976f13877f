package io.gkm.ike;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * The two ends of a UDP datagram's way, seen from this host.
 *
 * @param local our address (never the wildcard) and port: 500, 4500 or 848
 * @param remote the key server's address and port
 */
public record UdpPath(InetSocketAddress local, InetSocketAddress remote) {
  /** The port of NAT traversal, where IKE shares its socket with ESP (RFC 7296 section 2.23). */
  public static final int NAT_TRAVERSAL_PORT = 4500;

  /**
   * @throws IllegalArgumentException when an address is an unresolved host name
   */
  public UdpPath {
    if (local.isUnresolved() || remote.isUnresolved()) {
      throw new IllegalArgumentException("a UDP path needs addresses, not host names");
    }
  }

  /** The path between two addresses with the same port on both ends. */
  public static UdpPath of(InetAddress local, InetAddress remote, int port) {
    return new UdpPath(
        new InetSocketAddress(Objects.requireNonNull(local), port),
        new InetSocketAddress(Objects.requireNonNull(remote), port));
  }

  /** Whether IKE messages carry the non-ESP marker on this path: our end decides. */
  boolean hasNonEspMarker() {
    return local.getPort() == NAT_TRAVERSAL_PORT;
  }

  /**
   * The IKE message in a datagram that came over this path.
   *
   * @throws IgnoredMessageException when it holds something else: a NAT keepalive, or ESP
   */
  public byte[] ikeMessage(byte[] datagram) throws IgnoredMessageException {
    return UdpFraming.message(this, datagram);
  }

  /** The same addresses with port 4500 on both ends. */
  UdpPath floated() {
    return of(local.getAddress(), remote.getAddress(), NAT_TRAVERSAL_PORT);
  }

  @Override
  public String toString() {
    return local + " <-> " + remote;
  }
}
