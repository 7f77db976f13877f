package io.gkm.netlink.route;

import io.gkm.netlink.NetlinkAttribute;
import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * An address of a link (RTM_NEWADDR: struct ifaddrmsg of linux/if_addr.h and IFA_* attributes).
 *
 * @param link index
 * @param address of this host; IPv6 without a scope
 * @param prefixLength of the network it is in: 0 to 32, or to 128
 * @param flags IFA_F_* of linux/if_addr.h
 */
public record LinkAddress(int link, InetAddress address, int prefixLength, int flags) {
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int IFA_ADDRESS = 1;
  private static final int IFA_LOCAL = 2;
  private static final int IFA_FLAGS = 8;
  private static final int IFA_F_DADFAILED = 0x08;
  private static final int IFA_F_DEPRECATED = 0x20;
  private static final int IFA_F_TENTATIVE = 0x40;
  private static final int IFA_F_OPTIMISTIC = 0x04;

  /** Whether it can be a source address now: no duplicate check (IPv6) is under way or failed. */
  public boolean isUsable() {
    boolean waits = (flags & IFA_F_TENTATIVE) != 0 && (flags & IFA_F_OPTIMISTIC) == 0;
    return !waits && (flags & IFA_F_DADFAILED) == 0;
  }

  /** Whether its preferred lifetime is over: new traffic should have another source. */
  public boolean isDeprecated() {
    return (flags & IFA_F_DEPRECATED) != 0;
  }

  /** What a message says; empty where the address is neither IPv4 nor IPv6. */
  static Optional<LinkAddress> decode(StructReader in) throws NetlinkCodecException {
    int family = in.u8("ifa_family");
    int prefixLength = in.u8("ifa_prefixlen");
    int flags = in.u8("ifa_flags");
    in.skip("ifa_scope", 1);
    int index = in.s32("ifa_index");
    if (family != AF_INET && family != AF_INET6) {
      return Optional.empty();
    }
    int length = family == AF_INET ? 4 : 16;
    if (index <= 0 || prefixLength > 8 * length) {
      throw in.malformed("ifaddrmsg", "index " + index + ", prefix length " + prefixLength);
    }
    byte[] address = null;
    byte[] local = null;
    while (in.remaining() > 0) {
      NetlinkAttribute attribute = NetlinkAttribute.decode(in);
      switch (attribute.type()) {
        case IFA_ADDRESS -> address = attribute.value().bytes("IFA_ADDRESS", length);
        case IFA_LOCAL -> local = attribute.value().bytes("IFA_LOCAL", length);
        case IFA_FLAGS -> flags = attribute.value().s32("IFA_FLAGS");
        default -> {}
      }
    }
    // Of a point-to-point link IFA_ADDRESS is the other end; without one, IPv6 has no IFA_LOCAL.
    byte[] own = local == null ? address : local;
    if (own == null) {
      throw in.malformed("IFA_ADDRESS", "missing");
    }
    return Optional.of(new LinkAddress(index, inet(own), prefixLength, flags));
  }

  private static InetAddress inet(byte[] octets) {
    try {
      // Not through InetAddress, which turns an IPv4-mapped address into an IPv4 address.
      return octets.length == 16
          ? Inet6Address.getByAddress(null, octets, -1)
          : InetAddress.getByAddress(octets);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
