package io.gkm.dataplane;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What a policy lookup sees of a packet. */
record Packet(InetAddress from, InetAddress to, int protocol, int fromPort, int toPort) {
  static Packet udp(String from, String to, int toPort) {
    return new Packet(address(from), address(to), 17, 40000, toPort);
  }

  boolean matches(KernelSelector selector) {
    return selector.matches(from, to, protocol, fromPort, toPort);
  }

  static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
