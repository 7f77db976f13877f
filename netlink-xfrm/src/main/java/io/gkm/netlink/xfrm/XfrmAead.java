package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;

/**
 * XFRMA_ALG_AEAD, a cipher that authenticates too (struct xfrm_algo_aead): name(64), key bits(4),
 * ICV bits(4), key.
 *
 * @param name as in /proc/crypto, such as {@code rfc4106(gcm(aes))}
 * @param key with the salt behind it
 * @param icvBits bits of the ICV on the wire
 */
public record XfrmAead(String name, XfrmKey key, int icvBits) implements XfrmAttribute {
  public XfrmAead {
    if (icvBits < 0) {
      throw new IllegalArgumentException("icvBits " + icvBits);
    }
  }

  static XfrmAead decode(StructReader in) throws NetlinkCodecException {
    String name = XfrmAlgorithms.name(in);
    long bits = in.u32("alg_key_len");
    int icvBits = in.s32("alg_icv_len");
    return new XfrmAead(name, XfrmKey.decode(in, bits), icvBits);
  }

  @Override
  public int attributeNumber() {
    return XfrmAttributeType.ALG_AEAD.number();
  }

  @Override
  public void encode(StructWriter out) {
    XfrmAlgorithms.encode(name, key, out);
    out.u32(icvBits);
    key.encode(out);
  }

  @Override
  public XfrmAead withoutKeys() {
    return new XfrmAead(name, XfrmKey.unknown(key.bits()), icvBits);
  }

  @Override
  public void wipe() {
    key.close();
  }
}
