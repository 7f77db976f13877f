package io.gkm.agent.transport;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;

/** Addresses of this host for tests: 127.0.0.x. */
public final class Loopback {
  private Loopback() {}

  public static InetAddress address(int last) {
    return address(127, 0, 0, last);
  }

  static InetAddress address(int... octets) {
    byte[] bytes = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      bytes[i] = (byte) octets[i];
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  public static InetSocketAddress socket(int last, int port) {
    return new InetSocketAddress(address(last), port);
  }

  /** A UDP port of 127.0.0.1 that nobody has right now. */
  public static int freePort() throws SocketException {
    try (DatagramSocket probe = new DatagramSocket(socket(1, 0))) {
      return probe.getLocalPort();
    }
  }
}
