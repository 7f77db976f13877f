package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;

/** XFRM_MSG_GETPOLICY with NLM_F_DUMP: asks for all policies. It has no struct. */
public record XfrmDumpPolicies(XfrmAttributes attributes) implements XfrmMessage {
  /** All policies. */
  public static final XfrmDumpPolicies ALL = new XfrmDumpPolicies(XfrmAttributes.NONE);

  static XfrmDumpPolicies decode(StructReader in) throws NetlinkCodecException {
    return new XfrmDumpPolicies(XfrmAttributes.decode(in, XfrmAddresses.AF_UNSPEC));
  }

  @Override
  public XfrmMessageType type() {
    return XfrmMessageType.GETPOLICY;
  }

  @Override
  public void encode(StructWriter out) {
    attributes.encode(out);
  }

  @Override
  public String operation() {
    return "list";
  }

  @Override
  public String object() {
    return "policies";
  }
}
