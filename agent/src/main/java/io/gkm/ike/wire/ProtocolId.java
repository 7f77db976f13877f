package io.gkm.ike.wire;

/**
 * IKEv2 security protocol identifiers (RFC 7296 section 3.3.1; GIKE_UPDATE: RFC 9838). In GSA and
 * KD substructures 0 marks the group-wide policy and the member key bag.
 */
public final class ProtocolId {
  public static final int NONE = 0;
  public static final int IKE = 1;
  public static final int AH = 2;
  public static final int ESP = 3;
  public static final int GIKE_UPDATE = 6;

  private ProtocolId() {}

  /**
   * The registered name of a number, or {@code protocol(number)} for one this program does not
   * know.
   */
  public static String name(int number) {
    return switch (number) {
      case NONE -> "NONE";
      case IKE -> "IKE";
      case AH -> "AH";
      case ESP -> "ESP";
      case GIKE_UPDATE -> "GIKE_UPDATE";
      default -> "protocol(" + number + ")";
    };
  }

  /** Whether the number names a group SA: a data-security SA (AH, ESP) or a Rekey SA. */
  public static boolean isGroupSa(int protocolId) {
    return protocolId == AH || protocolId == ESP || protocolId == GIKE_UPDATE;
  }

  /**
   * Octets of the SPI of a group SA: 4 for AH and ESP, 16 for a Rekey SA (RFC 9838 section 4.4.2).
   */
  public static int groupSpiSize(int protocolId) {
    return switch (protocolId) {
      case AH, ESP -> 4;
      case GIKE_UPDATE -> 16;
      default ->
          throw new IllegalArgumentException(name(protocolId) + " is not a group SA protocol");
    };
  }
}
