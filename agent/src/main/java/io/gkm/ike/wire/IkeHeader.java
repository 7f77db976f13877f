package io.gkm.ike.wire;

import java.nio.ByteBuffer;

/**
 * The IKE header (RFC 7296 section 3.1): {@code SPIi(8) SPIr(8) next payload(1) version(1)
 * exchange(1) flags(1) message id(4) length(4)}. In GSA_REKEY the two SPI fields together are the
 * 16-octet SPI of the Rekey SA (RFC 9838 section 4.1).
 *
 * <p>Reserved flag bits are not kept; what authenticates the header must use the octets as
 * received.
 *
 * @param spiI SPI of the original initiator, 8 octets as the bits of a {@code long}
 * @param spiR SPI of the original responder, likewise; 0 in the first request
 * @param nextPayload type of the first payload
 * @param version major version in the high, minor in the low half octet
 * @param exchangeType a number of {@link ExchangeType}
 * @param initiator the I flag: sent by the original initiator of the IKE SA
 * @param response the R flag
 * @param messageId 32 bits
 * @param length octets of the whole message with this header, 32 bits
 */
public record IkeHeader(
    long spiI,
    long spiR,
    int nextPayload,
    int version,
    int exchangeType,
    boolean initiator,
    boolean response,
    long messageId,
    long length) {
  public static final int LENGTH = 28;

  /** Largest message accepted or built, the limit of a UDP datagram and of TCP framing. */
  public static final int MAX_MESSAGE_LENGTH = 65535;

  /** IKE version 2.0. */
  public static final int VERSION = 0x20;

  private static final int FLAG_INITIATOR = 0x08;
  private static final int FLAG_RESPONSE = 0x20;

  /** A version 2.0 header whose next payload and length the encoder of the message fills in. */
  public static IkeHeader of(
      long spiI, long spiR, int exchangeType, boolean initiator, boolean response, long messageId) {
    return new IkeHeader(
        spiI, spiR, PayloadType.NONE, VERSION, exchangeType, initiator, response, messageId, 0);
  }

  /** The header of a GSA_REKEY message on the Rekey SA with the 16-octet SPI. */
  public static IkeHeader gsaRekey(Octets rekeySpi, boolean initiator, long messageId) {
    if (rekeySpi.size() != 16) {
      throw new IllegalArgumentException("SPI of a Rekey SA: " + rekeySpi);
    }
    ByteBuffer spi = ByteBuffer.wrap(rekeySpi.toByteArray());
    return of(spi.getLong(), spi.getLong(), ExchangeType.GSA_REKEY, initiator, false, messageId);
  }

  /** The two SPI fields together, 16 octets: the SPI of a Rekey SA. */
  public Octets rekeySpi() {
    return new ByteWriter().u64(spiI).u64(spiR).toOctets();
  }

  /** The same header with another next payload and length. */
  public IkeHeader with(int newNextPayload, long newLength) {
    return new IkeHeader(
        spiI,
        spiR,
        newNextPayload,
        version,
        exchangeType,
        initiator,
        response,
        messageId,
        newLength);
  }

  /**
   * Reads the header of a whole message and compares its length with the message's.
   *
   * @param message the message without the non-ESP marker
   */
  public static IkeHeader decode(byte[] message) throws WireException {
    return decode(new ByteReader(message));
  }

  static IkeHeader decode(ByteReader in) throws WireException {
    int available = in.remaining();
    if (available > MAX_MESSAGE_LENGTH) {
      throw in.error("IKE message", available + " octets, at most " + MAX_MESSAGE_LENGTH);
    }
    if (available < LENGTH) {
      throw in.error("IKE header", available + " octets, needs " + LENGTH);
    }
    long spiI = in.u64("SPIi");
    long spiR = in.u64("SPIr");
    int nextPayload = in.u8("Next Payload");
    int version = in.u8("Version");
    if (version >>> 4 != VERSION >>> 4) {
      throw WireException.majorVersion(version, in.offset() - 1);
    }
    int exchangeType = in.u8("Exchange Type");
    int flags = in.u8("Flags");
    long messageId = in.u32("Message ID");
    long length = in.u32("Length");
    if (length != available) {
      throw in.errorAt(4, "Length", length + " octets announced, " + available + " received");
    }
    return new IkeHeader(
        spiI,
        spiR,
        nextPayload,
        version,
        exchangeType,
        (flags & FLAG_INITIATOR) != 0,
        (flags & FLAG_RESPONSE) != 0,
        messageId,
        length);
  }

  /** Writes the 28 octets. */
  public void encode(ByteWriter out) {
    out.u64(spiI).u64(spiR).u8(nextPayload).u8(version).u8(exchangeType);
    out.u8((initiator ? FLAG_INITIATOR : 0) | (response ? FLAG_RESPONSE : 0));
    out.u32(messageId).u32(length);
  }
}
