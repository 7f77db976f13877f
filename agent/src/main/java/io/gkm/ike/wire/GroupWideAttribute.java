package io.gkm.ike.wire;

import java.util.List;
import java.util.Set;

/**
 * An attribute of the group-wide policy (RFC 9838 section 4.4.3.1).
 *
 * @param type a number of {@link GroupWideAttributeType}; unknown ones are kept and mean nothing
 * @param tv whether the value is written as TV (then it has 2 octets)
 * @param value the value
 */
public record GroupWideAttribute(int type, boolean tv, Octets value) implements Attribute {
  private static final int MAX = 64;

  private static final Set<Integer> KNOWN =
      Set.of(
          GroupWideAttributeType.GWP_ATD,
          GroupWideAttributeType.GWP_DTD,
          GroupWideAttributeType.GWP_SENDER_ID_BITS);

  /** Refuses a type or value that its form cannot hold. */
  public GroupWideAttribute {
    Attribute.requireFits(type, tv, value);
  }

  /** GWP_ATD (1), activation time delay: seconds, 16 bits. */
  public static GroupWideAttribute atd(int seconds) {
    return of(GroupWideAttributeType.GWP_ATD, seconds);
  }

  /** GWP_DTD (2), deactivation time delay: seconds, 16 bits. */
  public static GroupWideAttribute dtd(int seconds) {
    return of(GroupWideAttributeType.GWP_DTD, seconds);
  }

  /** GWP_SENDER_ID_BITS (3): bits of the IV, 16 bits. */
  public static GroupWideAttribute senderIdBits(int bits) {
    return of(GroupWideAttributeType.GWP_SENDER_ID_BITS, bits);
  }

  private static GroupWideAttribute of(int type, int value) {
    return new GroupWideAttribute(type, true, Octets.ofU16(value));
  }

  static List<GroupWideAttribute> decodeAll(ByteReader in) throws WireException {
    List<GroupWideAttribute> attributes =
        Attribute.decodeAll(
            in, "group-wide policy", MAX, GroupWideAttribute::new, GroupWideAttribute::check);
    Attribute.refuseRepeated(attributes, KNOWN, "group-wide policy", in);
    return attributes;
  }

  private static void check(GroupWideAttribute attribute, ByteReader in) throws WireException {
    if (KNOWN.contains(attribute.type)) {
      Attribute.requireTv(attribute, GroupWideAttributeType.name(attribute.type), in);
    }
  }
}
