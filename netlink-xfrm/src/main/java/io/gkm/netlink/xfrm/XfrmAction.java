package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;

/** What a policy does with traffic (XFRM_POLICY_ALLOW, XFRM_POLICY_BLOCK). */
public enum XfrmAction {
  ALLOW(0),
  BLOCK(1);

  private final int value;

  XfrmAction(int value) {
    this.value = value;
  }

  int value() {
    return value;
  }

  static XfrmAction decode(StructReader in) throws NetlinkCodecException {
    int value = in.u8("policy action");
    for (XfrmAction known : values()) {
      if (known.value == value) {
        return known;
      }
    }
    throw in.malformed("policy action", Integer.toString(value));
  }
}
