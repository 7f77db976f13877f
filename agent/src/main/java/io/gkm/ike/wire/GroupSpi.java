package io.gkm.ike.wire;

/** The SPI of a group SA: its size and the values no group SA may have. */
final class GroupSpi {
  /** AH and ESP SPIs up to here are reserved (RFC 4302 and 4303 section 2.1, 2.4). */
  private static final long LAST_RESERVED = 255;

  private GroupSpi() {}

  /** Reads the SPI behind the four octets that hold its size. */
  static Octets decode(int protocolId, int spiSize, ByteReader in, String structure)
      throws WireException {
    if (spiSize != ProtocolId.groupSpiSize(protocolId)) {
      throw in.errorAt(
          3, structure + " SPI Size", spiSize + " for protocol " + ProtocolId.name(protocolId));
    }
    Octets spi = in.octets(spiSize, structure + " SPI");
    check(protocolId, spi, structure + " SPI", in);
    return spi;
  }

  /** Checks an SPI of the right size that the reader has just passed. */
  static void check(int protocolId, Octets spi, String field, ByteReader in) throws WireException {
    boolean reserved =
        protocolId == ProtocolId.GIKE_UPDATE ? spi.isZero() : spi.toLong() <= LAST_RESERVED;
    if (reserved) {
      throw in.errorAt(spi.size(), field, "reserved value " + spi);
    }
  }
}
