package io.gkm.netlink.xfrm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * What names a policy in the kernel: selector, direction, mark, xfrm interface and database.
 *
 * @param interfaceId of an xfrm interface
 * @param type the database; {@link XfrmPolicyType#MAIN} is the usual one
 */
public record XfrmPolicyId(
    XfrmSelector selector,
    XfrmDirection direction,
    XfrmMark mark,
    OptionalInt interfaceId,
    XfrmPolicyType type) {
  public static XfrmPolicyId of(XfrmSelector selector, XfrmDirection direction) {
    return of(selector, direction, XfrmAttributes.NONE);
  }

  /** In the main database. */
  public static XfrmPolicyId of(
      XfrmSelector selector, XfrmDirection direction, XfrmMark mark, OptionalInt interfaceId) {
    return new XfrmPolicyId(selector, direction, mark, interfaceId, XfrmPolicyType.MAIN);
  }

  static XfrmPolicyId of(
      XfrmSelector selector, XfrmDirection direction, XfrmAttributes attributes) {
    return new XfrmPolicyId(
        selector,
        direction,
        attributes.mark(),
        attributes.number(XfrmAttributeType.IF_ID),
        attributes.find(XfrmPolicyType.class).orElse(XfrmPolicyType.MAIN));
  }

  /** What of it is in attributes. */
  XfrmAttributes attributes() {
    List<XfrmAttribute> attributes = new ArrayList<>();
    if (!mark.equals(XfrmMark.NONE)) {
      attributes.add(mark);
    }
    interfaceId.ifPresent(i -> attributes.add(XfrmNumber.ofBits(XfrmAttributeType.IF_ID, i)));
    if (type != XfrmPolicyType.MAIN) {
      attributes.add(type);
    }
    return XfrmAttributes.of(attributes);
  }

  /** The rest of a message's attributes: those that are no part of the name. */
  static XfrmAttributes rest(XfrmAttributes attributes) {
    return attributes.without(
        XfrmAttributeType.MARK, XfrmAttributeType.IF_ID, XfrmAttributeType.POLICY_TYPE);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("policy dir ");
    text.append(direction.name().toLowerCase(Locale.ROOT)).append(' ').append(selector);
    if (!mark.equals(XfrmMark.NONE)) {
      text.append(" mark ").append(mark);
    }
    interfaceId.ifPresent(i -> text.append(" if_id 0x").append(Integer.toHexString(i)));
    if (type != XfrmPolicyType.MAIN) {
      text.append(" ptype ").append(type.name().toLowerCase(Locale.ROOT));
    }
    return text.toString();
  }
}
