package io.gkm.netlink.mroute;

import io.gkm.netlink.StructWriter;
import java.net.InetAddress;
import java.util.Set;

/**
 * An entry of the forwarding cache (struct mfcctl, struct mf6cctl): a route with the numbers of its
 * interfaces.
 *
 * @param source the unspecified address: any
 * @param parent where it comes in
 * @param out where it goes out; for any source the parent is among them, for the kernel looks such
 *     an entry up by the interface that a packet came in by
 */
record MulticastMfc(InetAddress source, InetAddress group, int parent, Set<Integer> out) {
  private static final int AF_INET6 = 10;
  private static final int WORD = 32;
  private static final int IF_SET_WORDS = 8;

  MulticastMfc {
    out = Set.copyOf(out);
  }

  /** Whether it takes MRT_ADD_MFC_PROXY: the kernel tells such entries apart by their parent. */
  boolean isAnySource() {
    return source.isAnyLocalAddress();
  }

  /**
   * Source(4), group(4), parent(2), TTL that a packet must exceed for each of 32 interfaces(1 each,
   * 0: it does not go there), padding(2), three counters and a time(4 each).
   */
  byte[] encodeIpv4() {
    try (StructWriter out = new StructWriter()) {
      out.bytes(source.getAddress()).bytes(group.getAddress()).u16(parent);
      for (int vif = 0; vif < MulticastVif.MAX; vif++) {
        out.u8(this.out.contains(vif) ? 1 : 0);
      }
      out.zeros(2 + 4 * 4);
      return out.toBytes();
    }
  }

  /** Source and group (struct sockaddr_in6, 28 each), parent(2), padding(2), a bit for each(32). */
  byte[] encodeIpv6() {
    try (StructWriter out = new StructWriter()) {
      socketAddress(out, source);
      socketAddress(out, group);
      out.u16(parent).zeros(2);
      int bits = 0;
      for (int vif : this.out) {
        bits |= 1 << (vif % WORD);
      }
      out.u32(bits).zeros((IF_SET_WORDS - 1) * 4);
      return out.toBytes();
    }
  }

  /** Family(2), port(2), flow(4), address(16), scope(4). */
  private static void socketAddress(StructWriter out, InetAddress address) {
    out.u16(AF_INET6).zeros(2 + 4).bytes(address.getAddress()).zeros(4);
  }
}
