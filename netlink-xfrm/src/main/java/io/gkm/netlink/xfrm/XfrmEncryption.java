package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;

/** A cipher (struct xfrm_algo): name(64), key bits(4), key. */
public record XfrmEncryption(String name, XfrmKey key) {
  static XfrmEncryption decode(StructReader in) throws NetlinkCodecException {
    String name = in.text("alg_name", XfrmAlgorithms.NAME);
    return new XfrmEncryption(name, XfrmAlgorithms.key(in, XfrmAlgorithms.octets(in)));
  }

  void encode(StructWriter out) {
    out.attribute(
        XfrmAttributeType.ALG_CRYPT,
        () -> out.text(name, XfrmAlgorithms.NAME).u32(key.bits()).bytes(key.octets()));
  }
}
