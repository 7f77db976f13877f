package io.gkm.netlink.mroute;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * What differs between multicast routing of IPv4 and of IPv6. The options' numbers are the same.
 */
public enum MulticastFamily {
  /** AF_INET, IPPROTO_IGMP, options of IPPROTO_IP. */
  IPV4("IPv4", 2, 2, 0, "CONFIG_IP_MROUTE") {
    @Override
    byte[] encode(MulticastVif vif) {
      return vif.encodeIpv4();
    }

    @Override
    byte[] encode(MulticastMfc mfc) {
      return mfc.encodeIpv4();
    }
  },
  /** AF_INET6, IPPROTO_ICMPV6, options of IPPROTO_IPV6. */
  IPV6("IPv6", 10, 58, 41, "CONFIG_IPV6_MROUTE") {
    @Override
    byte[] encode(MulticastVif vif) {
      return vif.encodeIpv6();
    }

    @Override
    byte[] encode(MulticastMfc mfc) {
      return mfc.encodeIpv6();
    }
  };

  private final String title;
  private final int domain;
  private final int protocol;
  private final int level;
  private final String kernelOption;

  MulticastFamily(String title, int domain, int protocol, int level, String kernelOption) {
    this.title = title;
    this.domain = domain;
    this.protocol = protocol;
    this.level = level;
    this.kernelOption = kernelOption;
  }

  abstract byte[] encode(MulticastVif vif);

  abstract byte[] encode(MulticastMfc mfc);

  /** The family of an address. */
  public static MulticastFamily of(InetAddress address) {
    return address instanceof Inet6Address ? IPV6 : IPV4;
  }

  /** For people. */
  public String title() {
    return title;
  }

  int domain() {
    return domain;
  }

  /** Of the raw socket. */
  int protocol() {
    return protocol;
  }

  /** Of setsockopt. */
  int level() {
    return level;
  }

  /** What a kernel without it was built without. */
  public String kernelOption() {
    return kernelOption;
  }
}
