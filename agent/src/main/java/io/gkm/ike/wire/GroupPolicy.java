package io.gkm.ike.wire;

/**
 * One policy of a {@link GsaPayload}: {@code protocol(1) SPI size(1) length(2) ...}, where protocol
 * 0 marks the group-wide policy (RFC 9838 section 4.4.1).
 */
public sealed interface GroupPolicy permits GroupSaPolicy, GroupWidePolicy {
  /** Octets in front of a policy's own fields. */
  int HEADER_LENGTH = 4;

  /** AH, ESP or GIKE_UPDATE; 0 of the group-wide policy. */
  int protocolId();

  /** Writes the whole substructure. */
  void encode(ByteWriter out);
}
