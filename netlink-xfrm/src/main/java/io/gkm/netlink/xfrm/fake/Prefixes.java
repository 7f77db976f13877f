package io.gkm.netlink.xfrm.fake;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Addresses and their prefixes. */
final class Prefixes {
  private static final int OCTETS6 = 16;
  private static final int OCTETS4 = 4;

  private Prefixes() {}

  static boolean isInet6(InetAddress address) {
    return address instanceof Inet6Address;
  }

  static boolean sameFamily(InetAddress one, InetAddress other) {
    return isInet6(one) == isInet6(other);
  }

  /** How long an address is. */
  static int bits(InetAddress address) {
    return 8 * (isInet6(address) ? OCTETS6 : OCTETS4);
  }

  /** Whether the first bits are the same; never of two families. */
  static boolean matches(InetAddress address, InetAddress prefix, int bits) {
    return sameFamily(address, prefix) && firstBitsEqual(octets(address), octets(prefix), bits);
  }

  private static boolean firstBitsEqual(byte[] one, byte[] other, int bits) {
    int whole = Math.min(bits / 8, one.length);
    if (!Arrays.equals(one, 0, whole, other, 0, whole)) {
      return false;
    }
    int rest = whole < one.length ? bits % 8 : 0;
    int mask = 0xff00 >> rest & 0xff;
    return rest == 0 || ((one[whole] ^ other[whole]) & mask) == 0;
  }

  /** The same octets as an address of the family of another one. */
  static InetAddress inFamily(InetAddress address, InetAddress like) {
    if (sameFamily(address, like)) {
      return address;
    }
    try {
      return isInet6(like)
          ? Inet6Address.getByAddress(null, Arrays.copyOf(octets(address), OCTETS6), -1)
          : InetAddress.getByAddress(Arrays.copyOf(octets(address), OCTETS4));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 octets are an address", e);
    }
  }

  private static byte[] octets(InetAddress address) {
    return address.getAddress();
  }
}
