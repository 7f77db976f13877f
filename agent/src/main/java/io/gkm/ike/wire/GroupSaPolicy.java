package io.gkm.ike.wire;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Group SA policy of a Rekey SA (GIKE_UPDATE) or of a data-security SA (AH, ESP): {@code
 * protocol(1) SPI size(1) length(2) SPI source-TS destination-TS transforms attributes} (RFC 9838
 * section 4.4.2).
 *
 * <p>Decoding requires the mandatory transforms (except GCAUTH, which only registrations carry),
 * refuses a second transform of any type, and wants the Signature Algorithm Identifier exactly with
 * GCAUTH Digital Signature. Transforms of types the protocol does not use are kept: see {@link
 * #unexpectedTransforms}.
 *
 * @param protocolId AH, ESP or GIKE_UPDATE
 * @param spi 4 octets, of GIKE_UPDATE 16
 * @param source traffic selector of the senders
 * @param destination traffic selector of the group address
 * @param transforms one per type
 * @param attributes all attributes, known or not
 */
public record GroupSaPolicy(
    int protocolId,
    Octets spi,
    TrafficSelector source,
    TrafficSelector destination,
    List<Transform> transforms,
    List<GroupSaAttribute> attributes)
    implements GroupPolicy {
  private static final int MAX_TRANSFORMS = 32;

  private static final Map<Integer, Set<Integer>> MANDATORY =
      Map.of(
          ProtocolId.AH, Set.of(TransformType.INTEG, TransformType.SN),
          ProtocolId.ESP, Set.of(TransformType.ENCR, TransformType.SN),
          ProtocolId.GIKE_UPDATE, Set.of(TransformType.ENCR, TransformType.KWA));

  private static final Map<Integer, Set<Integer>> OPTIONAL =
      Map.of(
          ProtocolId.AH, Set.of(),
          ProtocolId.ESP, Set.of(TransformType.INTEG),
          ProtocolId.GIKE_UPDATE, Set.of(TransformType.INTEG, TransformType.GCAUTH));

  /** Copies the lists. */
  public GroupSaPolicy {
    transforms = List.copyOf(transforms);
    attributes = List.copyOf(attributes);
  }

  /** Whether this is the policy of the Rekey SA. */
  public boolean isRekeySa() {
    return protocolId == ProtocolId.GIKE_UPDATE;
  }

  /** The transform of the type. */
  public Optional<Transform> transform(int type) {
    return transforms.stream().filter(t -> t.type() == type).findFirst();
  }

  /** Transforms of types that RFC 9838 section 4.4.2.1 does not allow for this protocol. */
  public List<Transform> unexpectedTransforms() {
    Set<Integer> mandatory = MANDATORY.getOrDefault(protocolId, Set.of());
    Set<Integer> optional = OPTIONAL.getOrDefault(protocolId, Set.of());
    return transforms.stream()
        .filter(t -> !mandatory.contains(t.type()) && !optional.contains(t.type()))
        .toList();
  }

  /** GSA_KEY_LIFETIME in seconds. */
  public OptionalLong keyLifetimeSeconds() {
    return number(GroupSaAttributeType.GSA_KEY_LIFETIME);
  }

  /** GSA_INITIAL_MESSAGE_ID of a Rekey SA. */
  public OptionalLong initialMessageId() {
    return number(GroupSaAttributeType.GSA_INITIAL_MESSAGE_ID);
  }

  /** The values of GSA_NEXT_SPI. */
  public List<Octets> nextSpis() {
    return attributes.stream()
        .filter(a -> a.type() == GroupSaAttributeType.GSA_NEXT_SPI)
        .map(GroupSaAttribute::value)
        .toList();
  }

  private OptionalLong number(int attributeType) {
    return attributes.stream()
        .filter(a -> a.type() == attributeType)
        .mapToLong(a -> a.value().toLong())
        .findFirst();
  }

  /** Reads what follows the length field. */
  static GroupSaPolicy decodeBody(int protocolId, int spiSize, ByteReader in) throws WireException {
    Octets spi = GroupSpi.decode(protocolId, spiSize, in, "group SA policy");
    TrafficSelector source = TrafficSelector.decode(in, "source");
    TrafficSelector destination = TrafficSelector.decode(in, "destination");
    if (source.tsType() != destination.tsType()) {
      throw in.error("destination TS Type", "another address family than the source");
    }
    int transformsOffset = in.offset();
    List<Transform> transforms = Transform.decodeList(in, MAX_TRANSFORMS);
    check(protocolId, transforms, transformsOffset);
    List<GroupSaAttribute> attributes = GroupSaAttribute.decodeAll(in, protocolId);
    return new GroupSaPolicy(protocolId, spi, source, destination, transforms, attributes);
  }

  private static void check(int protocolId, List<Transform> transforms, int offset)
      throws WireException {
    Set<Integer> types = new HashSet<>();
    for (Transform transform : transforms) {
      if (!types.add(transform.type())) {
        throw new WireException(
            "group SA transforms", offset, "two of type " + TransformType.name(transform.type()));
      }
      boolean signature =
          transform.type() == TransformType.GCAUTH && transform.id() == GcauthId.DIGITAL_SIGNATURE;
      if (signature != transform.signatureAlgorithm().isPresent()) {
        throw new WireException(
            "Signature Algorithm Identifier",
            offset,
            signature ? "missing in GCAUTH DIGITAL_SIGNATURE" : "in " + transform);
      }
    }
    for (int type : MANDATORY.getOrDefault(protocolId, Set.of())) {
      if (!types.contains(type)) {
        throw new WireException(
            "group SA transforms", offset, TransformType.name(type) + " is missing");
      }
    }
  }

  @Override
  public void encode(ByteWriter out) {
    int start = out.size();
    out.u8(protocolId).u8(spi.size()).u16(0).octets(spi);
    source.encode(out);
    destination.encode(out);
    Transform.encodeList(transforms, out);
    attributes.forEach(attribute -> attribute.encode(out));
    out.patchU16(start + 2, out.size() - start);
  }
}
