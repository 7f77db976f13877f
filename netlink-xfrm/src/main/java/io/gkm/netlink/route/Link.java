package io.gkm.netlink.route;

import io.gkm.netlink.NetlinkAttribute;
import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import java.util.Optional;

/**
 * A network interface (RTM_NEWLINK: struct ifinfomsg of linux/rtnetlink.h and IFLA_* attributes).
 *
 * @param index positive, its identity as long as it exists
 * @param name 1 to 15 octets, one character each; it can change
 * @param flags IFF_* of linux/if.h
 * @param mtu octets of the largest packet
 * @param kind what sort of virtual link it is, such as {@code veth}; empty: a device
 * @param xfrm of links of kind {@link XfrmInterface#KIND}
 */
public record Link(
    int index,
    String name,
    int flags,
    long mtu,
    Optional<String> kind,
    Optional<XfrmInterface> xfrm) {
  static final int IFLA_IFNAME = 3;
  static final int IFLA_MTU = 4;
  static final int IFLA_LINKINFO = 18;
  static final int IFLA_INFO_KIND = 1;
  static final int IFLA_INFO_DATA = 2;

  static final int IFF_UP = 1;
  private static final int IFF_LOOPBACK = 8;
  private static final int IFF_RUNNING = 0x40;
  private static final int IFF_MULTICAST = 0x1000;

  private static final int IFNAMSIZ = 16;
  private static final int IFLA_WIRELESS = 11;

  /** Whether it was set up, by whoever has the say. */
  public boolean isUp() {
    return (flags & IFF_UP) != 0;
  }

  /** Whether it is up and has a carrier, so that packets can pass. */
  public boolean isRunning() {
    return (flags & (IFF_UP | IFF_RUNNING)) == (IFF_UP | IFF_RUNNING);
  }

  public boolean isLoopback() {
    return (flags & IFF_LOOPBACK) != 0;
  }

  public boolean hasMulticast() {
    return (flags & IFF_MULTICAST) != 0;
  }

  /**
   * What a message says of a link.
   *
   * @return empty where it is about something else: a port of a bridge (another family), or a
   *     happening of a radio (IFLA_WIRELESS), which carries no description of the link
   */
  static Optional<Link> decode(StructReader in) throws NetlinkCodecException {
    int family = in.u8("ifi_family");
    in.skip("ifinfomsg padding", 1);
    in.skip("ifi_type", 2);
    int index = in.s32("ifi_index");
    int flags = in.s32("ifi_flags");
    in.skip("ifi_change", 4);
    if (index <= 0) {
      throw in.malformed("ifi_index", Integer.toString(index));
    }
    String name = "";
    long mtu = 0;
    Info info = Info.NONE;
    boolean radio = false;
    while (in.remaining() > 0) {
      NetlinkAttribute attribute = NetlinkAttribute.decode(in);
      StructReader value = attribute.value();
      switch (attribute.type()) {
        case IFLA_IFNAME -> name = name(value);
        case IFLA_MTU -> mtu = value.u32("IFLA_MTU");
        case IFLA_LINKINFO -> info = Info.decode(value);
        case IFLA_WIRELESS -> radio = true;
        // Statistics, addresses, queues and much more that nobody asks for here.
        default -> {}
      }
    }
    if (family != 0 || radio) {
      return Optional.empty();
    }
    if (name.isEmpty()) {
      throw in.malformed("IFLA_IFNAME", "missing, of link " + index);
    }
    return Optional.of(new Link(index, name, flags, mtu, info.kind, info.xfrm));
  }

  private static String name(StructReader value) throws NetlinkCodecException {
    if (value.remaining() > IFNAMSIZ) {
      throw value.malformed("IFLA_IFNAME", value.remaining() + " octets");
    }
    return value.text("IFLA_IFNAME", value.remaining());
  }

  /** IFLA_LINKINFO: the kind of a virtual link and what that kind has to say. */
  private record Info(Optional<String> kind, Optional<XfrmInterface> xfrm) {
    static final Info NONE = new Info(Optional.empty(), Optional.empty());

    static Info decode(StructReader in) throws NetlinkCodecException {
      Optional<String> kind = Optional.empty();
      Optional<StructReader> data = Optional.empty();
      while (in.remaining() > 0) {
        NetlinkAttribute attribute = NetlinkAttribute.decode(in);
        StructReader value = attribute.value();
        switch (attribute.type()) {
          case IFLA_INFO_KIND ->
              kind = Optional.of(value.openText("IFLA_INFO_KIND", value.remaining()));
          case IFLA_INFO_DATA -> data = Optional.of(value);
          default -> {}
        }
      }
      boolean isXfrm = kind.equals(Optional.of(XfrmInterface.KIND));
      return isXfrm && data.isPresent()
          ? new Info(kind, Optional.of(XfrmInterface.decode(data.get())))
          : new Info(kind, Optional.empty());
    }
  }
}
