package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** xfrm_address_t: 16 octets, of which an IPv4 address takes the first four. */
final class XfrmAddresses {
  static final int AF_UNSPEC = 0;
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;
  private static final int LENGTH = 16;
  private static final int LENGTH4 = 4;

  private XfrmAddresses() {}

  static int family(InetAddress address) {
    return address instanceof Inet6Address ? AF_INET6 : AF_INET;
  }

  static int bits(InetAddress address) {
    return address instanceof Inet6Address ? 8 * LENGTH : 8 * LENGTH4;
  }

  /** Refuses two addresses of different families where the struct has one family for both. */
  static void sameFamily(String what, InetAddress one, InetAddress other) {
    if (family(one) != family(other)) {
      throw new IllegalArgumentException(
          what
              + ": "
              + one.getHostAddress()
              + " and "
              + other.getHostAddress()
              + " are of different families");
    }
  }

  /** Refuses a prefix that is longer than its address. */
  static void prefix(String what, InetAddress address, int length) {
    if (length < 0 || length > bits(address)) {
      throw new IllegalArgumentException(
          what
              + " "
              + address.getHostAddress()
              + "/"
              + length
              + ", 0 to "
              + bits(address)
              + " are right");
    }
  }

  static void encode(InetAddress address, StructWriter out) {
    byte[] o = address.getAddress();
    if (o.length == LENGTH4) {
      // Octet by octet, so that the compiler need not make the array at all.
      int bits = (o[0] & 0xff) << 24 | (o[1] & 0xff) << 16 | (o[2] & 0xff) << 8 | (o[3] & 0xff);
      out.be32(bits).zeros(LENGTH - LENGTH4);
    } else {
      out.bytes(o);
    }
  }

  static byte[] raw(StructReader in, String field) throws NetlinkCodecException {
    return in.bytes(field, LENGTH);
  }

  /** An address whose struct says of which family it is. */
  static InetAddress decode(byte[] raw, int family) throws NetlinkCodecException {
    return switch (family) {
      case AF_INET -> inet4(raw);
      case AF_INET6 -> inet6(raw);
      default -> throw new NetlinkCodecException("address family", Integer.toString(family));
    };
  }

  /**
   * An address without a family of its own.
   *
   * @param family of what it belongs to; where that is AF_UNSPEC too, the address is IPv4 if
   *     nothing is behind the first four octets
   */
  static InetAddress decodeBare(byte[] raw, int family) throws NetlinkCodecException {
    return decode(raw, family == AF_UNSPEC ? (isInet4(raw) ? AF_INET : AF_INET6) : family);
  }

  /** 0.0.0.0 or ::, like this address. */
  static InetAddress any(InetAddress like) {
    byte[] zeros = new byte[LENGTH];
    return like instanceof Inet6Address ? inet6(zeros) : inet4(zeros);
  }

  /** An address that nobody has (RFC 5737, RFC 3849). */
  static InetAddress documentation(boolean six) {
    byte[] octets = new byte[LENGTH];
    byte[] net =
        six ? new byte[] {0x20, 0x01, 0x0d, (byte) 0xb8} : new byte[] {(byte) 203, 0, 113, 1};
    System.arraycopy(net, 0, octets, 0, net.length);
    return six ? inet6(octets) : inet4(octets);
  }

  private static boolean isInet4(byte[] raw) {
    return Arrays.equals(raw, LENGTH4, LENGTH, new byte[LENGTH], LENGTH4, LENGTH);
  }

  private static InetAddress inet4(byte[] raw) {
    try {
      return InetAddress.getByAddress(Arrays.copyOf(raw, LENGTH4));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 octets are an address", e);
    }
  }

  /** Never an IPv4 address, as InetAddress makes of an IPv4-mapped one. */
  private static InetAddress inet6(byte[] raw) {
    try {
      return Inet6Address.getByAddress(null, raw, -1);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("16 octets are an address", e);
    }
  }
}
