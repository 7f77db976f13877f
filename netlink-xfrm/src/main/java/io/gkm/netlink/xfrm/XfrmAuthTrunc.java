package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;

/**
 * An integrity algorithm (struct xfrm_algo_auth): name(64), key bits(4), ICV bits(4), key. Always
 * with its ICV length: without, the kernel's own idea of hmac(sha256) is 96 bits.
 */
public record XfrmAuthTrunc(String name, XfrmKey key, int truncBits) {
  static XfrmAuthTrunc decode(StructReader in) throws NetlinkCodecException {
    String name = in.text("alg_name", XfrmAlgorithms.NAME);
    int octets = XfrmAlgorithms.octets(in);
    int truncBits = in.s32("alg_trunc_len");
    return new XfrmAuthTrunc(name, XfrmAlgorithms.key(in, octets), truncBits);
  }

  void encode(StructWriter out) {
    out.attribute(
        XfrmAttributeType.ALG_AUTH_TRUNC,
        () ->
            out.text(name, XfrmAlgorithms.NAME).u32(key.bits()).u32(truncBits).bytes(key.octets()));
  }
}
