package io.gkm.netlink.tun;

import io.gkm.netlink.NetlinkRequest;
import io.gkm.netlink.StructWriter;
import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * RTM_NEWROUTE and RTM_DELROUTE of the route to one address (struct rtmsg: family(1), destination
 * bits(1), source bits(1), TOS(1), table(1), protocol(1), scope(1), type(1), flags(4); RTA_DST, and
 * RTA_OIF unless the packets are to be dropped).
 *
 * @param table RT_TABLE_MAIN or RT_TABLE_LOCAL
 * @param device index; 0 for a route that drops (RTN_BLACKHOLE)
 */
record HostRoute(boolean add, InetAddress host, int table, int device) implements NetlinkRequest {
  static final int MAIN = 254;

  /** Looked at before every other table, unless somebody has changed the rules. */
  static final int LOCAL = 255;

  private static final int RTM_NEWROUTE = 24;
  private static final int RTM_DELROUTE = 25;
  private static final int NLM_F_REPLACE = 0x100;
  private static final int NLM_F_CREATE = 0x400;
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int RTPROT_STATIC = 4;
  private static final int RT_SCOPE_UNIVERSE = 0;
  private static final int RT_SCOPE_LINK = 253;
  private static final int RTN_UNICAST = 1;
  private static final int RTN_BLACKHOLE = 6;
  private static final int RTA_DST = 1;
  private static final int RTA_OIF = 4;

  @Override
  public int typeNumber() {
    return add ? RTM_NEWROUTE : RTM_DELROUTE;
  }

  /** One that an earlier run has left is replaced. */
  @Override
  public int flags() {
    return add ? NLM_F_CREATE | NLM_F_REPLACE : 0;
  }

  @Override
  public void encode(StructWriter out) {
    boolean drops = device == 0;
    byte[] octets = host.getAddress();
    out.u8(host instanceof Inet6Address ? AF_INET6 : AF_INET).u8(Byte.SIZE * octets.length);
    out.u8(0).u8(0).u8(table).u8(RTPROT_STATIC);
    out.u8(drops ? RT_SCOPE_UNIVERSE : RT_SCOPE_LINK).u8(drops ? RTN_BLACKHOLE : RTN_UNICAST);
    out.u32(0);
    int destination = out.beginAttribute(RTA_DST);
    out.bytes(octets).endAttribute(destination);
    if (!drops) {
      int output = out.beginAttribute(RTA_OIF);
      out.u32(device).endAttribute(output);
    }
  }
}
