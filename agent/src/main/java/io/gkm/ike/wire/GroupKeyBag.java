package io.gkm.ike.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * Group key bag: {@code protocol(1) SPI size(1) length(2) SPI attributes} (RFC 9838 section 4.5.2).
 * Decoding requires exactly one SA_KEY under the default key wrap key for AH and ESP, at least one
 * for GIKE_UPDATE, all with Key ID 0.
 *
 * @param protocolId AH, ESP or GIKE_UPDATE
 * @param spi the SPI of the policy the keys belong to
 * @param saKeys the SA_KEY attributes: the same keying material wrapped under different keys
 * @param unknown attributes that are not understood; encoded after the known ones
 */
public record GroupKeyBag(
    int protocolId, Octets spi, List<WrappedKey> saKeys, List<KeyBagAttribute> unknown)
    implements KeyBag {
  /** Copies the lists. */
  public GroupKeyBag {
    saKeys = List.copyOf(saKeys);
    unknown = List.copyOf(unknown);
  }

  /** A bag of SA_KEYs only. */
  public static GroupKeyBag of(int protocolId, Octets spi, List<WrappedKey> saKeys) {
    return new GroupKeyBag(protocolId, spi, saKeys, List.of());
  }

  /** Reads what follows the length field. */
  static GroupKeyBag decodeBody(int protocolId, int spiSize, ByteReader in) throws WireException {
    Octets spi = GroupSpi.decode(protocolId, spiSize, in, "group key bag");
    List<WrappedKey> saKeys = new ArrayList<>();
    List<KeyBagAttribute> unknown = new ArrayList<>();
    Attribute.decodeAll(
        in,
        "group key bag",
        KeyBagAttribute.MAX,
        KeyBagAttribute::new,
        (attribute, at) -> {
          if (attribute.type() == GroupKeyBagAttributeType.SA_KEY) {
            saKeys.add(saKey(protocolId, attribute, at));
          } else {
            unknown.add(attribute);
          }
        });
    if (saKeys.isEmpty()) {
      throw in.error("SA_KEY", "missing in the group key bag of " + spi);
    }
    if (saKeys.size() > 1 && protocolId != ProtocolId.GIKE_UPDATE) {
      throw in.error("SA_KEY", saKeys.size() + " of a data-security SA, expected one");
    }
    return new GroupKeyBag(protocolId, spi, saKeys, unknown);
  }

  private static WrappedKey saKey(int protocolId, KeyBagAttribute attribute, ByteReader at)
      throws WireException {
    WrappedKey key = WrappedKey.decode(attribute, "SA_KEY", at);
    int size = attribute.value().size();
    if (key.keyId() != 0) {
      throw at.errorAt(size, "SA_KEY Key ID", key.keyId() + ", expected 0");
    }
    if (key.kwkId() != 0 && protocolId != ProtocolId.GIKE_UPDATE) {
      throw at.errorAt(size - 4, "SA_KEY KWK ID", key.kwkId() + " of a data-security SA");
    }
    return key;
  }

  @Override
  public void encode(ByteWriter out) {
    int start = out.size();
    out.u8(protocolId).u8(spi.size()).u16(0).octets(spi);
    for (WrappedKey key : saKeys) {
      KeyBagAttribute.tlv(GroupKeyBagAttributeType.SA_KEY, key.encode()).encode(out);
    }
    unknown.forEach(attribute -> attribute.encode(out));
    out.patchU16(start + 2, out.size() - start);
  }
}
