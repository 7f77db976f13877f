package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;

/**
 * XFRM_MSG_POLEXPIRE (struct xfrm_user_polexpire, 176 octets: the policy(168), hard(1), pad(7)):
 * the event that a policy reached a limit. Sent to the kernel it lets the policy expire.
 *
 * @param hard it is gone
 */
public record XfrmPolicyExpire(XfrmPolicy policy, boolean hard) implements XfrmMessage {
  static XfrmPolicyExpire decode(StructReader in) throws NetlinkCodecException {
    XfrmPolicyInfo info = XfrmPolicyInfo.decode(in);
    boolean hard = in.u8("polexpire hard") != 0;
    in.skip("polexpire padding", 7);
    XfrmAttributes attributes = XfrmAttributes.decode(in, info.selector().family());
    return new XfrmPolicyExpire(new XfrmPolicy(info, attributes), hard);
  }

  @Override
  public XfrmMessageType type() {
    return XfrmMessageType.POLEXPIRE;
  }

  @Override
  public void encode(StructWriter out) {
    policy.info().encode(out);
    out.u8(hard ? 1 : 0).zeros(7);
    policy.attributes().encode(out);
  }

  @Override
  public String operation() {
    return "expire";
  }

  @Override
  public String object() {
    return policy.id().toString();
  }
}
