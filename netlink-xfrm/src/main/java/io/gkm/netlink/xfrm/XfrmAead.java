package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;

/**
 * A cipher that authenticates too (struct xfrm_algo_aead): name(64), key bits(4), ICV bits(4), key.
 *
 * @param key with the salt behind it
 */
public record XfrmAead(String name, XfrmKey key, int icvBits) {
  static XfrmAead decode(StructReader in) throws NetlinkCodecException {
    String name = in.text("alg_name", XfrmAlgorithms.NAME);
    int octets = XfrmAlgorithms.octets(in);
    int icvBits = in.s32("alg_icv_len");
    return new XfrmAead(name, XfrmAlgorithms.key(in, octets), icvBits);
  }

  void encode(StructWriter out) {
    out.attribute(
        XfrmAttributeType.ALG_AEAD,
        () -> out.text(name, XfrmAlgorithms.NAME).u32(key.bits()).u32(icvBits).bytes(key.octets()));
  }
}
