package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;

/**
 * XFRMA_ALG_AUTH_TRUNC, an integrity algorithm (struct xfrm_algo_auth): name(64), key bits(4), ICV
 * bits(4), key. Always with its ICV length: without, the kernel's own idea of hmac(sha256) is 96
 * bits.
 *
 * @param name as in /proc/crypto, such as {@code hmac(sha256)}
 * @param key of the algorithm
 * @param truncBits bits of the ICV on the wire
 */
public record XfrmAuthTrunc(String name, XfrmKey key, int truncBits) implements XfrmAttribute {
  public XfrmAuthTrunc {
    if (truncBits < 0) {
      throw new IllegalArgumentException("truncBits " + truncBits);
    }
  }

  static XfrmAuthTrunc decode(StructReader in) throws NetlinkCodecException {
    String name = XfrmAlgorithms.name(in);
    long bits = in.u32("alg_key_len");
    int truncBits = in.s32("alg_trunc_len");
    return new XfrmAuthTrunc(name, XfrmKey.decode(in, bits), truncBits);
  }

  @Override
  public int attributeNumber() {
    return XfrmAttributeType.ALG_AUTH_TRUNC.number();
  }

  @Override
  public void encode(StructWriter out) {
    XfrmAlgorithms.encode(name, key, out);
    out.u32(truncBits);
    key.encode(out);
  }

  @Override
  public XfrmAuthTrunc withoutKeys() {
    return new XfrmAuthTrunc(name, XfrmKey.unknown(key.bits()), truncBits);
  }

  @Override
  public void wipe() {
    key.close();
  }
}
