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

  private XfrmAddresses() {}

  static int family(InetAddress address) {
    return address instanceof Inet6Address ? AF_INET6 : AF_INET;
  }

  static void encode(InetAddress address, StructWriter out) {
    byte[] octets = address.getAddress();
    out.bytes(octets).zeros(LENGTH - octets.length);
  }

  static byte[] raw(StructReader in, String field) throws NetlinkCodecException {
    return in.bytes(field, LENGTH);
  }

  static InetAddress decode(byte[] raw, int family) throws NetlinkCodecException {
    try {
      return switch (family) {
        // The kernel leaves the family of a selector that matches all unset.
        case AF_INET, AF_UNSPEC -> InetAddress.getByAddress(Arrays.copyOf(raw, 4));
        case AF_INET6 -> Inet6Address.getByAddress(null, raw, -1);
        default -> throw new NetlinkCodecException("address family", Integer.toString(family));
      };
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 octets are an address", e);
    }
  }
}
