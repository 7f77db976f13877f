package io.gkm.netlink.xfrm;

import io.gkm.netlink.StructWriter;
import java.util.OptionalInt;

/** What names a policy in the kernel: selector, direction, mark and xfrm interface. */
public record XfrmPolicyId(
    XfrmSelector selector, XfrmDirection direction, XfrmMark mark, OptionalInt interfaceId) {
  public static XfrmPolicyId of(XfrmSelector selector, XfrmDirection direction) {
    return new XfrmPolicyId(selector, direction, XfrmMark.NONE, OptionalInt.empty());
  }

  /** struct xfrm_userpolicy_id: selector(56), index(4), direction(1), pad(3); then attributes. */
  void encode(StructWriter out) {
    selector.encode(out);
    out.u32(0).u8(direction.value()).zeros(3);
    mark.encode(out);
    interfaceId.ifPresent(i -> out.attribute(XfrmAttributeType.IF_ID, () -> out.u32(i)));
  }

  @Override
  public String toString() {
    return "policy dir " + direction.name().toLowerCase(java.util.Locale.ROOT) + " " + selector;
  }
}
