package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;

/**
 * XFRMA_POLICY_TYPE, which of the two policy databases is meant (struct xfrm_userpolicy_type, 6
 * octets): type(1), pad(1), reserved(2), reserved(1), pad(1). The second needs a kernel with
 * CONFIG_XFRM_SUB_POLICY.
 */
public enum XfrmPolicyType implements XfrmAttribute {
  MAIN(0),
  SUB(1),
  /** Both; only to flush. */
  ANY(255);

  private final int value;

  XfrmPolicyType(int value) {
    this.value = value;
  }

  int value() {
    return value;
  }

  static XfrmPolicyType decode(StructReader in) throws NetlinkCodecException {
    int value = in.u8("policy type");
    in.skip("policy type reserved", 5);
    for (XfrmPolicyType known : values()) {
      if (known.value == value) {
        return known;
      }
    }
    throw in.malformed("policy type", Integer.toString(value));
  }

  @Override
  public int attributeNumber() {
    return XfrmAttributeType.POLICY_TYPE.number();
  }

  @Override
  public void encode(StructWriter out) {
    out.u8(value).zeros(5);
  }
}
