package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;

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

  static XfrmAction decode(int value) throws NetlinkCodecException {
    for (XfrmAction known : values()) {
      if (known.value == value) {
        return known;
      }
    }
    throw new NetlinkCodecException("policy action", Integer.toString(value));
  }
}
