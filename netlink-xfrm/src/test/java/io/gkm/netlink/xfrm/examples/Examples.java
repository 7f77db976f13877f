package io.gkm.netlink.xfrm.examples;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What the tests of the examples give them. */
final class Examples {
  static final InetAddress ANY = address(0, 0, 0, 0);
  static final InetAddress GROUP = address(239, 1, 1, 1);
  static final InetAddress SENDER = address(10, 0, 0, 1);

  private Examples() {}

  private static InetAddress address(int a, int b, int c, int d) {
    try {
      return InetAddress.getByAddress(new byte[] {(byte) a, (byte) b, (byte) c, (byte) d});
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
