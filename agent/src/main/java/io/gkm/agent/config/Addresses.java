package io.gkm.agent.config;

import io.gkm.group.AddressText;
import java.net.InetAddress;
import java.util.Optional;

/** Addresses of hosts as a configuration writes them. */
final class Addresses {
  private Addresses() {}

  /** An IPv4 or IPv6 literal; never looks a name up. */
  static Optional<InetAddress> parse(String text) {
    return AddressText.parse(text);
  }

  /** Whether one host can have this address: not multicast, not "any", not broadcast. */
  static boolean isUnicast(InetAddress address) {
    byte[] octets = address.getAddress();
    boolean broadcast = octets.length == 4;
    for (byte octet : octets) {
      broadcast &= octet == (byte) 0xff;
    }
    return !address.isMulticastAddress() && !address.isAnyLocalAddress() && !broadcast;
  }
}
