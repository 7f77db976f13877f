package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;

/**
 * XFRM_MSG_FLUSHPOLICY (no struct): removes all policies of a database, whoever added them; and the
 * event of that.
 */
public record XfrmFlushPolicies(XfrmAttributes attributes) implements XfrmMessage {
  /** Of the main database. */
  public static final XfrmFlushPolicies MAIN = new XfrmFlushPolicies(XfrmAttributes.NONE);

  static XfrmFlushPolicies decode(StructReader in) throws NetlinkCodecException {
    return new XfrmFlushPolicies(XfrmAttributes.decode(in, XfrmAddresses.AF_UNSPEC));
  }

  @Override
  public XfrmMessageType type() {
    return XfrmMessageType.FLUSHPOLICY;
  }

  @Override
  public void encode(StructWriter out) {
    attributes.encode(out);
  }

  @Override
  public String operation() {
    return "flush";
  }

  @Override
  public String object() {
    return "policies";
  }
}
