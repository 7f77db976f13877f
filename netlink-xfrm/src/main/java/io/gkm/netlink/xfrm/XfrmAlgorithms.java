package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import java.util.Arrays;

/** What the algorithm structs have in common. */
final class XfrmAlgorithms {
  static final int NAME = 64;
  private static final long MAX_KEY_BITS = 4096;

  private XfrmAlgorithms() {}

  /** alg_key_len is in bits. */
  static int octets(StructReader in) throws NetlinkCodecException {
    long bits = in.u32("alg_key_len");
    if (bits > MAX_KEY_BITS) {
      throw new NetlinkCodecException("alg_key_len", bits + " bits");
    }
    return (int) (bits + 7) / 8;
  }

  static XfrmKey key(StructReader in, int octets) throws NetlinkCodecException {
    byte[] bytes = in.bytes("alg_key", octets);
    XfrmKey key = XfrmKey.copyOf(bytes);
    Arrays.fill(bytes, (byte) 0);
    return key;
  }
}
