package io.gkm.ike.wire;

import java.util.List;

/**
 * Proposal substructure: {@code last(1: 2 more, 0 last) reserved(1) length(2) number(1) protocol(1)
 * SPI size(1) transforms(1) SPI transforms} (RFC 7296 section 3.3.1). The framing around it is in
 * {@link SaPayload}.
 *
 * @param number proposal number; in SAg equal numbers tie proposals of different protocols together
 *     (RFC 9838)
 * @param protocolId a number of {@link ProtocolId}
 * @param spi the sender's SPI; empty in IKE_SA_INIT and in SAg
 * @param transforms in order of preference within each type
 */
public record Proposal(int number, int protocolId, Octets spi, List<Transform> transforms) {
  /** Most transforms of one proposal: what the count field can say. */
  private static final int MAX_TRANSFORMS = 255;

  /** Copies the list. */
  public Proposal {
    transforms = List.copyOf(transforms);
  }

  /** The transforms of one type, in order. */
  public List<Transform> transforms(int type) {
    return transforms.stream().filter(t -> t.type() == type).toList();
  }

  static Proposal decodeBody(ByteReader in) throws WireException {
    int number = in.u8("Proposal Num");
    int protocolId = in.u8("Proposal Protocol ID");
    int spiSize = in.u8("Proposal SPI Size");
    int count = in.u8("Num Transforms");
    if (!spiSizeFits(protocolId, spiSize)) {
      throw in.errorAt(
          2, "Proposal SPI Size", spiSize + " for protocol " + ProtocolId.name(protocolId));
    }
    if (count == 0) {
      throw in.errorAt(1, "Num Transforms", "zero");
    }
    Octets spi = in.octets(spiSize, "Proposal SPI");
    List<Transform> transforms = Transform.decodeList(in, MAX_TRANSFORMS);
    if (transforms.size() != count) {
      throw in.error("Num Transforms", count + " announced, " + transforms.size() + " found");
    }
    in.expectEnd("Proposal");
    return new Proposal(number, protocolId, spi, transforms);
  }

  private static boolean spiSizeFits(int protocolId, int size) {
    return switch (protocolId) {
      case ProtocolId.IKE -> size == 0 || size == 8;
      case ProtocolId.AH, ProtocolId.ESP, ProtocolId.GIKE_UPDATE ->
          size == 0 || size == ProtocolId.groupSpiSize(protocolId);
      default -> true;
    };
  }

  void encodeBody(ByteWriter out) {
    out.u8(number).u8(protocolId).u8(spi.size()).u8(transforms.size()).octets(spi);
    Transform.encodeList(transforms, out);
  }
}
