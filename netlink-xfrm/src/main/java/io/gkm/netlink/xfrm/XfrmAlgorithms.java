package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;

/** What the algorithm structs have in common: the name, and the key's length in bits. */
final class XfrmAlgorithms {
  private static final int NAME = 64;

  private XfrmAlgorithms() {}

  static String name(StructReader in) throws NetlinkCodecException {
    return in.text("alg_name", NAME);
  }

  static void encode(String name, XfrmKey key, StructWriter out) {
    out.text(name, NAME).u32(key.bits());
  }
}
