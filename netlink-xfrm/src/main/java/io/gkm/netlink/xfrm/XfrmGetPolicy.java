package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;

/**
 * XFRM_MSG_GETPOLICY (struct xfrm_userpolicy_id: selector(56), index(4), direction(1), pad(3)):
 * asks for one policy; the reply is {@link XfrmNewPolicy}.
 *
 * @param index the kernel's number; where it is not 0 the kernel looks for it and the direction
 *     alone
 * @param attributes beside those that are part of the name
 */
public record XfrmGetPolicy(XfrmPolicyId id, int index, XfrmAttributes attributes)
    implements XfrmMessage {
  public static XfrmGetPolicy of(XfrmPolicyId id) {
    return new XfrmGetPolicy(id, 0, XfrmAttributes.NONE);
  }

  static XfrmGetPolicy decode(StructReader in) throws NetlinkCodecException {
    XfrmSelector selector = XfrmSelector.decode(in);
    int index = in.s32("userpolicy_id index");
    XfrmDirection direction = XfrmDirection.decode(in);
    in.skip("userpolicy_id padding", 3);
    XfrmAttributes attributes = XfrmAttributes.decode(in, selector.family());
    return new XfrmGetPolicy(
        XfrmPolicyId.of(selector, direction, attributes), index, XfrmPolicyId.rest(attributes));
  }

  @Override
  public XfrmMessageType type() {
    return XfrmMessageType.GETPOLICY;
  }

  @Override
  public void encode(StructWriter out) {
    id.selector().encode(out);
    out.u32(index).u8(id.direction().value()).zeros(3);
    id.attributes().encode(out);
    attributes.encode(out);
  }

  @Override
  public String operation() {
    return "get";
  }

  @Override
  public String object() {
    return index == 0 ? id.toString() : id + " index " + index;
  }
}
