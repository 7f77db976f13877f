package io.gkm.ike.wire;

/**
 * One key bag of a {@link KdPayload}: {@code protocol(1) SPI size(1) length(2) ...}, where protocol
 * 0 marks a member key bag (RFC 9838 section 4.5).
 */
public sealed interface KeyBag permits GroupKeyBag, MemberKeyBag {
  /** Octets in front of a bag's own fields. */
  int HEADER_LENGTH = 4;

  /** AH, ESP or GIKE_UPDATE; 0 of a member key bag. */
  int protocolId();

  /** Writes the whole substructure. */
  void encode(ByteWriter out);
}
