package io.gkm.ike.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * Delete (42): {@code protocol(1) SPI size(1) number(2) SPIs} (RFC 7296 section 3.11). In group
 * messages an SPI of zero means all data SAs (AH, ESP) or the exclusion of the member
 * (GIKE_UPDATE), and protocol 0 the whole group SA set (RFC 9838 section 4.6); {@link #isAll}
 * tells.
 *
 * <p>A zero SPI is written as one SPI of zeros. Absent SPIs (size 0, number 0) mean the same and
 * are accepted, and are the only form for an IKE SA.
 *
 * @param protocolId a number of {@link ProtocolId}
 * @param spiSize octets of each SPI
 * @param spis the SPIs, each of that size
 */
public record DeletePayload(int protocolId, int spiSize, List<Octets> spis) implements Payload {
  /** Refuses SPIs of another size. */
  public DeletePayload {
    spis = List.copyOf(spis);
    for (Octets spi : spis) {
      if (spi.size() != spiSize) {
        throw new IllegalArgumentException("SPI " + spi + " is not of " + spiSize + " octets");
      }
    }
  }

  /** Deletes the IKE SA the message travels over. */
  public static DeletePayload ikeSa() {
    return new DeletePayload(ProtocolId.IKE, 0, List.of());
  }

  /** Deletes the named group SAs. */
  public static DeletePayload groupSas(int protocolId, List<Octets> spis) {
    return new DeletePayload(protocolId, ProtocolId.groupSpiSize(protocolId), spis);
  }

  /** Deletes all group SAs of the protocol, by one SPI of zeros. */
  public static DeletePayload all(int protocolId) {
    int size = ProtocolId.groupSpiSize(protocolId);
    return groupSas(protocolId, List.of(Octets.of(new byte[size])));
  }

  @Override
  public int type() {
    return PayloadType.DELETE;
  }

  /** Whether no particular SA is named: an SPI of zeros, or no SPI at all. */
  public boolean isAll() {
    return spis.isEmpty() || spis.stream().anyMatch(Octets::isZero);
  }

  static DeletePayload decode(ByteReader in) throws WireException {
    int protocolId = in.u8("Delete Protocol ID");
    int spiSize = in.u8("Delete SPI Size");
    int count = in.u16("Delete Num of SPIs");
    if ((spiSize == 0) != (count == 0)) {
      throw in.errorAt(2, "Delete Num of SPIs", count + " SPIs of " + spiSize + " octets");
    }
    if (!sizeFits(protocolId, spiSize)) {
      throw in.errorAt(
          3, "Delete SPI Size", spiSize + " octets for protocol " + ProtocolId.name(protocolId));
    }
    if (in.remaining() != spiSize * count) {
      throw in.error(
          "Delete SPIs", in.remaining() + " octets, expected " + count + " of " + spiSize);
    }
    List<Octets> spis = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      spis.add(in.octets(spiSize, "Delete SPI"));
    }
    if (protocolId == ProtocolId.NONE && !spis.stream().allMatch(Octets::isZero)) {
      throw in.errorAt(spiSize * count, "Delete SPI", "an SPI without a protocol");
    }
    return new DeletePayload(protocolId, spiSize, spis);
  }

  private static boolean sizeFits(int protocolId, int spiSize) {
    return switch (protocolId) {
      case ProtocolId.IKE -> spiSize == 0;
      case ProtocolId.AH, ProtocolId.ESP, ProtocolId.GIKE_UPDATE ->
          spiSize == 0 || spiSize == ProtocolId.groupSpiSize(protocolId);
      default -> true;
    };
  }

  @Override
  public void encodeBody(ByteWriter out) {
    out.u8(protocolId).u8(spiSize).u16(spis.size());
    spis.forEach(out::octets);
  }
}
