package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.util.Optional;

/**
 * XFRM_MSG_DELPOLICY (struct xfrm_userpolicy_id: selector(56), index(4), direction(1), pad(3)):
 * removes a policy; and the event that one was removed, which has the policy with it.
 *
 * @param index the kernel's number; where it is not 0 the kernel looks for it and the direction
 *     alone
 * @param attributes beside those that are part of the name
 */
public record XfrmDeletePolicy(XfrmPolicyId id, int index, XfrmAttributes attributes)
    implements XfrmMessage {
  public static XfrmDeletePolicy of(XfrmPolicyId id) {
    return new XfrmDeletePolicy(id, 0, XfrmAttributes.NONE);
  }

  static XfrmDeletePolicy decode(StructReader in) throws NetlinkCodecException {
    XfrmSelector selector = XfrmSelector.decode(in);
    int index = in.s32("userpolicy_id index");
    XfrmDirection direction = XfrmDirection.decode(in);
    in.skip("userpolicy_id padding", 3);
    XfrmAttributes attributes = XfrmAttributes.decode(in, selector.family());
    return new XfrmDeletePolicy(
        XfrmPolicyId.of(selector, direction, attributes), index, XfrmPolicyId.rest(attributes));
  }

  /** The policy that was removed, in an event. */
  public Optional<XfrmPolicy> policy() {
    return attributes
        .find(XfrmPolicyInfo.class)
        .map(
            info ->
                new XfrmPolicy(
                    info, id.attributes().withAll(attributes.without(XfrmAttributeType.POLICY))));
  }

  @Override
  public XfrmMessageType type() {
    return XfrmMessageType.DELPOLICY;
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
    return "delete";
  }

  @Override
  public String object() {
    return index == 0 ? id.toString() : id + " index " + index;
  }
}
