package io.gkm.ike.wire;

import java.util.List;
import java.util.Set;

/**
 * An attribute of a group SA policy (RFC 9838 section 4.4.2.2).
 *
 * @param type a number of {@link GroupSaAttributeType}; unknown ones are kept and mean nothing
 * @param tv whether the value is written as TV (then it has 2 octets)
 * @param value the value
 */
public record GroupSaAttribute(int type, boolean tv, Octets value) implements Attribute {
  private static final int MAX = 64;

  /** Refuses a type or value that its form cannot hold. */
  public GroupSaAttribute {
    Attribute.requireFits(type, tv, value);
  }

  /** GSA_KEY_LIFETIME (1): seconds, 32 bits. */
  public static GroupSaAttribute keyLifetime(long seconds) {
    return new GroupSaAttribute(
        GroupSaAttributeType.GSA_KEY_LIFETIME, false, Octets.ofU32(seconds));
  }

  /** GSA_INITIAL_MESSAGE_ID (2): 32 bits. */
  public static GroupSaAttribute initialMessageId(long messageId) {
    return new GroupSaAttribute(
        GroupSaAttributeType.GSA_INITIAL_MESSAGE_ID, false, Octets.ofU32(messageId));
  }

  /** GSA_NEXT_SPI (3): an SPI of the policy's protocol. */
  public static GroupSaAttribute nextSpi(Octets spi) {
    return new GroupSaAttribute(GroupSaAttributeType.GSA_NEXT_SPI, false, spi);
  }

  static List<GroupSaAttribute> decodeAll(ByteReader in, int protocolId) throws WireException {
    List<GroupSaAttribute> attributes =
        Attribute.decodeAll(
            in,
            "group SA policy",
            MAX,
            GroupSaAttribute::new,
            (attribute, at) -> attribute.check(protocolId, at));
    Attribute.refuseRepeated(
        attributes,
        Set.of(GroupSaAttributeType.GSA_KEY_LIFETIME, GroupSaAttributeType.GSA_INITIAL_MESSAGE_ID),
        "group SA policy",
        in);
    return attributes;
  }

  private void check(int protocolId, ByteReader in) throws WireException {
    switch (type) {
      case GroupSaAttributeType.GSA_KEY_LIFETIME ->
          Attribute.requireTlv(this, 4, 4, "GSA_KEY_LIFETIME", in);
      case GroupSaAttributeType.GSA_INITIAL_MESSAGE_ID -> {
        Attribute.requireTlv(this, 4, 4, "GSA_INITIAL_MESSAGE_ID", in);
        if (protocolId != ProtocolId.GIKE_UPDATE) {
          throw in.errorAt(8, "GSA_INITIAL_MESSAGE_ID", "in a policy of another protocol");
        }
      }
      case GroupSaAttributeType.GSA_NEXT_SPI -> {
        int size = ProtocolId.groupSpiSize(protocolId);
        Attribute.requireTlv(this, size, size, "GSA_NEXT_SPI", in);
        GroupSpi.check(protocolId, value, "GSA_NEXT_SPI", in);
      }
      default -> {
        // Kept for whoever knows it.
      }
    }
  }
}
