package io.gkm.lab.controller;

import io.gkm.ike.wire.TrafficSelector;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;

/** Traffic selectors as the configuration file writes them. */
final class SelectorText {
  private static final Map<String, Integer> PROTOCOLS =
      Map.of("any", 0, "icmp", 1, "igmp", 2, "tcp", 6, "udp", 17, "ipv6-icmp", 58);
  private static final int MAX_PORT = 65535;

  private final int protocol;
  private final int fromPort;
  private final int toPort;

  /**
   * @param ports {@code any}, one port, or two with a dash between them
   */
  SelectorText(String protocol, String ports) {
    Integer known = PROTOCOLS.get(protocol);
    this.protocol = known == null ? Integer.parseInt(protocol) : known;
    String[] parts = ports.split("-", 2);
    this.fromPort = ports.equals("any") ? 0 : Integer.parseInt(parts[0]);
    this.toPort = ports.equals("any") ? MAX_PORT : Integer.parseInt(parts[parts.length - 1]);
  }

  /**
   * Any source port of these sources: {@code any}, an address or a prefix.
   *
   * @param ipv6 which family is meant by {@code any}
   */
  TrafficSelector source(String text, boolean ipv6) throws IOException {
    return text.equals("any") ? TrafficSelector.any(ipv6, protocol) : range(text, 0, MAX_PORT);
  }

  /** The ports at this group address or prefix. */
  TrafficSelector destination(String text) throws IOException {
    return range(text, fromPort, toPort);
  }

  private TrafficSelector range(String text, int from, int to) throws IOException {
    String[] parts = text.split("/", 2);
    byte[] first = InetAddress.getByName(parts[0]).getAddress();
    int prefix = parts.length == 2 ? Integer.parseInt(parts[1]) : first.length * 8;
    byte[] last = first.clone();
    for (int bit = prefix; bit < first.length * 8; bit++) {
      last[bit / 8] |= (byte) (0x80 >>> bit % 8);
    }
    return TrafficSelector.range(
        InetAddress.getByAddress(first), InetAddress.getByAddress(last), protocol, from, to);
  }
}
