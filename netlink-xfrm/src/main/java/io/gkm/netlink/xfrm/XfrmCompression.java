package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;

/**
 * XFRMA_ALG_COMP, an IPComp algorithm (struct xfrm_algo, RFC 3173): name(64), key bits(4), key.
 *
 * @param name as in /proc/crypto, such as {@code deflate}
 */
public record XfrmCompression(String name, XfrmKey key) implements XfrmAttribute {
  static XfrmCompression decode(StructReader in) throws NetlinkCodecException {
    String name = XfrmAlgorithms.name(in);
    return new XfrmCompression(name, XfrmKey.decode(in, in.u32("alg_key_len")));
  }

  @Override
  public int attributeNumber() {
    return XfrmAttributeType.ALG_COMP.number();
  }

  @Override
  public void encode(StructWriter out) {
    XfrmAlgorithms.encode(name, key, out);
    key.encode(out);
  }

  @Override
  public XfrmCompression withoutKeys() {
    return new XfrmCompression(name, XfrmKey.unknown(key.bits()));
  }

  @Override
  public void wipe() {
    key.close();
  }
}
