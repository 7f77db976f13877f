package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;

/**
 * XFRMA_ALG_CRYPT, a cipher without integrity (struct xfrm_algo): name(64), key bits(4), key.
 *
 * @param name as in /proc/crypto, such as {@code cbc(aes)}
 */
public record XfrmEncryption(String name, XfrmKey key) implements XfrmAttribute {
  static XfrmEncryption decode(StructReader in) throws NetlinkCodecException {
    String name = XfrmAlgorithms.name(in);
    return new XfrmEncryption(name, XfrmKey.decode(in, in.u32("alg_key_len")));
  }

  @Override
  public int attributeNumber() {
    return XfrmAttributeType.ALG_CRYPT.number();
  }

  @Override
  public void encode(StructWriter out) {
    XfrmAlgorithms.encode(name, key, out);
    key.encode(out);
  }

  @Override
  public XfrmEncryption withoutKeys() {
    return new XfrmEncryption(name, XfrmKey.unknown(key.bits()));
  }

  @Override
  public void wipe() {
    key.close();
  }
}
