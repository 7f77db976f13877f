package io.gkm.ike.wire;

import java.util.List;
import java.util.OptionalInt;

/**
 * Group-wide policy: {@code 0(1) reserved(1) length(2) attributes} (RFC 9838 section 4.4.3).
 *
 * @param attributes all attributes, known or not
 */
public record GroupWidePolicy(List<GroupWideAttribute> attributes) implements GroupPolicy {
  /** Copies the list. */
  public GroupWidePolicy {
    attributes = List.copyOf(attributes);
  }

  @Override
  public int protocolId() {
    return ProtocolId.NONE;
  }

  /** Activation time delay in seconds; absent means none. */
  public OptionalInt atdSeconds() {
    return number(GroupWideAttributeType.GWP_ATD);
  }

  /** Deactivation time delay in seconds; absent means none. */
  public OptionalInt dtdSeconds() {
    return number(GroupWideAttributeType.GWP_DTD);
  }

  /** How many bits of the IV hold the Sender-ID. */
  public OptionalInt senderIdBits() {
    return number(GroupWideAttributeType.GWP_SENDER_ID_BITS);
  }

  private OptionalInt number(int attributeType) {
    return attributes.stream()
        .filter(a -> a.type() == attributeType)
        .mapToInt(a -> (int) a.value().toLong())
        .findFirst();
  }

  /** Reads what follows the length field. */
  static GroupWidePolicy decodeBody(ByteReader in) throws WireException {
    return new GroupWidePolicy(GroupWideAttribute.decodeAll(in));
  }

  @Override
  public void encode(ByteWriter out) {
    int start = out.size();
    out.u8(ProtocolId.NONE).u8(0).u16(0);
    attributes.forEach(attribute -> attribute.encode(out));
    out.patchU16(start + 2, out.size() - start);
  }
}
