package io.gkm.ike.wire;

/**
 * Notify (41): {@code protocol(1) SPI size(1) type(2) SPI data} (RFC 7296 section 3.10).
 *
 * @param protocolId a number of {@link ProtocolId}; 0 if the notification concerns no SA
 * @param spi the SPI of the SA concerned, mostly empty
 * @param notifyType a number of {@link NotifyType}
 * @param data meaning depends on the type
 */
public record NotifyPayload(int protocolId, Octets spi, int notifyType, Octets data)
    implements Payload {
  /** A notification without SPI and data. */
  public static NotifyPayload of(int notifyType) {
    return of(notifyType, Octets.EMPTY);
  }

  /** A notification without SPI. */
  public static NotifyPayload of(int notifyType, Octets data) {
    return new NotifyPayload(ProtocolId.NONE, Octets.EMPTY, notifyType, data);
  }

  @Override
  public int type() {
    return PayloadType.NOTIFY;
  }

  /** Whether it reports an error (below 16384), as opposed to a status. */
  public boolean isError() {
    return NotifyType.isError(notifyType);
  }

  static NotifyPayload decode(ByteReader in) throws WireException {
    int protocolId = in.u8("Notify Protocol ID");
    int spiSize = in.u8("Notify SPI Size");
    int notifyType = in.u16("Notify Message Type");
    Octets spi = in.octets(spiSize, "Notify SPI");
    return new NotifyPayload(protocolId, spi, notifyType, in.rest());
  }

  @Override
  public void encodeBody(ByteWriter out) {
    out.u8(protocolId).u8(spi.size()).u16(notifyType).octets(spi).octets(data);
  }
}
