package io.gkm.ike.wire;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Traffic selector substructure: {@code type(1) protocol(1) length(2) start port(2) end port(2)
 * start address end address} (RFC 7296 section 3.13.1).
 *
 * @param tsType 7 (IPv4 range) or 8 (IPv6 range)
 * @param ipProtocol IP protocol number, 0 for any
 * @param startPort 0 with {@code endPort} 65535: any port; 65535 with 0: OPAQUE; of ICMP type and
 *     code
 * @param endPort last port
 * @param startAddress 4 or 16 octets
 * @param endAddress 4 or 16 octets, not below the start
 */
public record TrafficSelector(
    int tsType,
    int ipProtocol,
    int startPort,
    int endPort,
    Octets startAddress,
    Octets endAddress) {
  private static final int MAX_PORT = 65535;
  private static final int HEADER_LENGTH = 8;

  /** Refuses addresses that are not both of 4 or both of 16 octets. */
  public TrafficSelector {
    int size = startAddress.size();
    if ((size != 4 && size != 16) || endAddress.size() != size) {
      throw new IllegalArgumentException("addresses " + startAddress + ", " + endAddress);
    }
  }

  /** A selector of one address. */
  public static TrafficSelector single(
      InetAddress address, int ipProtocol, int startPort, int endPort) {
    return range(address, address, ipProtocol, startPort, endPort);
  }

  /** A selector of a range of addresses of one family. */
  public static TrafficSelector range(
      InetAddress start, InetAddress end, int ipProtocol, int startPort, int endPort) {
    int type =
        start instanceof Inet6Address
            ? TrafficSelectorType.TS_IPV6_ADDR_RANGE
            : TrafficSelectorType.TS_IPV4_ADDR_RANGE;
    Octets first = Octets.of(start.getAddress());
    Octets last = Octets.of(end.getAddress());
    return new TrafficSelector(type, ipProtocol, startPort, endPort, first, last);
  }

  /** A selector of all addresses and ports of a family. */
  public static TrafficSelector any(boolean ipv6, int ipProtocol) {
    byte[] last = new byte[ipv6 ? 16 : 4];
    Arrays.fill(last, (byte) 0xff);
    return new TrafficSelector(
        ipv6 ? TrafficSelectorType.TS_IPV6_ADDR_RANGE : TrafficSelectorType.TS_IPV4_ADDR_RANGE,
        ipProtocol,
        0,
        MAX_PORT,
        Octets.of(new byte[last.length]),
        Octets.of(last));
  }

  static TrafficSelector decode(ByteReader in, String which) throws WireException {
    int type = in.u8(which + " TS Type");
    int addressSize =
        switch (type) {
          case TrafficSelectorType.TS_IPV4_ADDR_RANGE -> 4;
          case TrafficSelectorType.TS_IPV6_ADDR_RANGE -> 16;
          default -> throw in.errorAt(1, which + " TS Type", type + ", expected 7 or 8");
        };
    int ipProtocol = in.u8(which + " TS IP Protocol ID");
    int length = in.u16(which + " TS Selector Length");
    if (length != HEADER_LENGTH + 2 * addressSize) {
      throw in.errorAt(2, which + " TS Selector Length", length + " for type " + type);
    }
    int startPort = in.u16(which + " TS Start Port");
    int endPort = in.u16(which + " TS End Port");
    Octets start = in.octets(addressSize, which + " TS Starting Address");
    Octets end = in.octets(addressSize, which + " TS Ending Address");
    TrafficSelector ts = new TrafficSelector(type, ipProtocol, startPort, endPort, start, end);
    if (start.compareUnsigned(end) > 0) {
      throw in.errorAt(2 * addressSize, which + " TS Starting Address", "after the ending one");
    }
    if (startPort > endPort && !ts.isOpaquePort()) {
      throw in.errorAt(2 * addressSize + 4, which + " TS Start Port", "after the end port");
    }
    if (ipProtocol == 0 && !ts.isAnyPort() && !ts.isOpaquePort()) {
      throw in.errorAt(2 * addressSize + 4, which + " TS Start Port", "ports of any protocol");
    }
    return ts;
  }

  void encode(ByteWriter out) {
    out.u8(tsType).u8(ipProtocol);
    out.u16(HEADER_LENGTH + startAddress.size() + endAddress.size());
    out.u16(startPort).u16(endPort).octets(startAddress).octets(endAddress);
  }

  public boolean isIpv6() {
    return startAddress.size() == 16;
  }

  public boolean isSingleAddress() {
    return startAddress.equals(endAddress);
  }

  /** Whether the range is the whole address family. */
  public boolean isAnyAddress() {
    TrafficSelector any = any(isIpv6(), ipProtocol);
    return startAddress.equals(any.startAddress) && endAddress.equals(any.endAddress);
  }

  /** Whether the whole range is multicast: IPv4 224.0.0.0/4, IPv6 ff00::/8. */
  public boolean isMulticast() {
    int bits = isIpv6() ? 0xff : 0xf0;
    int prefix = isIpv6() ? 0xff : 0xe0;
    return (startAddress.get(0) & bits) == prefix && (endAddress.get(0) & bits) == prefix;
  }

  public boolean isAnyPort() {
    return startPort == 0 && endPort == MAX_PORT;
  }

  public boolean isSinglePort() {
    return startPort == endPort;
  }

  /** Whether the ports are OPAQUE: the selector only matches packets whose ports cannot be seen. */
  public boolean isOpaquePort() {
    return startPort == MAX_PORT && endPort == 0;
  }

  /** The prefix length if the range is exactly one prefix. */
  public OptionalInt prefixLength() {
    int bits = startAddress.size() * 8;
    int length = 0;
    while (length < bits && bit(startAddress, length) == bit(endAddress, length)) {
      length++;
    }
    for (int i = length; i < bits; i++) {
      if (bit(startAddress, i) != 0 || bit(endAddress, i) != 1) {
        return OptionalInt.empty();
      }
    }
    return OptionalInt.of(length);
  }

  private static int bit(Octets address, int index) {
    return address.get(index / 8) >> (7 - index % 8) & 1;
  }

  public InetAddress startInetAddress() {
    return toInet(startAddress);
  }

  public InetAddress endInetAddress() {
    return toInet(endAddress);
  }

  private static InetAddress toInet(Octets address) {
    byte[] octets = address.toByteArray();
    try {
      // Inet6Address keeps an IPv4-mapped address what it is, an IPv6 address.
      return octets.length == 16
          ? Inet6Address.getByAddress(null, octets, -1)
          : InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("address of " + octets.length + " octets", e);
    }
  }

  /** For example {@code 239.1.2.3 protocol 17 port 848}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    OptionalInt prefix = prefixLength();
    text.append(startInetAddress().getHostAddress());
    if (!isSingleAddress()) {
      text.append(
          prefix.isPresent() ? "/" + prefix.getAsInt() : "-" + endInetAddress().getHostAddress());
    }
    text.append(ipProtocol == 0 ? " any protocol" : " protocol " + ipProtocol);
    if (isOpaquePort()) {
      text.append(" opaque ports");
    } else if (isSinglePort()) {
      text.append(" port ").append(startPort);
    } else if (!isAnyPort()) {
      text.append(" ports ").append(startPort).append('-').append(endPort);
    }
    return text.toString();
  }
}
