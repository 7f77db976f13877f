package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;

/** The direction of a policy (XFRM_POLICY_* of linux/xfrm.h). */
public enum XfrmDirection {
  IN(0),
  OUT(1),
  FWD(2);

  private final int value;

  XfrmDirection(int value) {
    this.value = value;
  }

  int value() {
    return value;
  }

  static XfrmDirection decode(StructReader in) throws NetlinkCodecException {
    int value = in.u8("policy dir");
    for (XfrmDirection known : values()) {
      if (known.value == value) {
        return known;
      }
    }
    throw in.malformed("policy dir", Integer.toString(value));
  }
}
