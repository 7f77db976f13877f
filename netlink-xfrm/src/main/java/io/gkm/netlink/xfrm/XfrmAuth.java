package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;

/**
 * XFRMA_ALG_AUTH, an integrity algorithm whose ICV has the length that the kernel takes for usual
 * (struct xfrm_algo): name(64), key bits(4), key. Of hmac(sha256) that is 96 bits, against RFC
 * 4868: rather use {@link XfrmAuthTrunc}.
 *
 * @param name as in /proc/crypto, such as {@code hmac(sha1)}
 */
public record XfrmAuth(String name, XfrmKey key) implements XfrmAttribute {
  static XfrmAuth decode(StructReader in) throws NetlinkCodecException {
    String name = XfrmAlgorithms.name(in);
    return new XfrmAuth(name, XfrmKey.decode(in, in.u32("alg_key_len")));
  }

  @Override
  public int attributeNumber() {
    return XfrmAttributeType.ALG_AUTH.number();
  }

  @Override
  public void encode(StructWriter out) {
    XfrmAlgorithms.encode(name, key, out);
    key.encode(out);
  }

  @Override
  public XfrmAuth withoutKeys() {
    return new XfrmAuth(name, XfrmKey.unknown(key.bits()));
  }

  @Override
  public void wipe() {
    key.close();
  }
}
