package io.gkm.ike.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Valid group policies and their parts. */
final class RandomGroupPolicies {
  private final Random random;

  RandomGroupPolicies(Random random) {
    this.random = random;
  }

  GroupSaPolicy saPolicy(int protocolId) {
    boolean ipv6 = random.nextBoolean();
    List<GroupSaAttribute> attributes = new ArrayList<>();
    attributes.add(GroupSaAttribute.keyLifetime(random.nextInt() & 0xffff_ffffL));
    attributes.add(GroupSaAttribute.nextSpi(spi(protocolId)));
    attributes.add(GroupSaAttribute.nextSpi(spi(protocolId)));
    if (protocolId == ProtocolId.GIKE_UPDATE) {
      attributes.add(GroupSaAttribute.initialMessageId(random.nextInt(1000)));
    }
    boolean tv = random.nextBoolean();
    attributes.add(new GroupSaAttribute(0x4000, tv, tv ? octets(2, 2) : octets(0, 9)));
    return new GroupSaPolicy(
        protocolId,
        spi(protocolId),
        random.nextBoolean() ? TrafficSelector.any(ipv6, 0) : trafficSelector(ipv6),
        trafficSelector(ipv6),
        transforms(protocolId),
        attributes);
  }

  private List<Transform> transforms(int protocolId) {
    List<Transform> transforms = new ArrayList<>();
    if (protocolId == ProtocolId.GIKE_UPDATE) {
      transforms.add(transform(TransformType.ENCR));
      transforms.add(transform(TransformType.KWA));
      transforms.add(
          random.nextBoolean()
              ? Transform.of(TransformType.GCAUTH, GcauthId.IMPLICIT)
              : new Transform(
                  TransformType.GCAUTH,
                  GcauthId.DIGITAL_SIGNATURE,
                  List.of(TransformAttribute.signatureAlgorithm(octets(1, 20)))));
    } else {
      int first = protocolId == ProtocolId.ESP ? TransformType.ENCR : TransformType.INTEG;
      transforms.add(transform(first));
      transforms.add(Transform.of(TransformType.SN, random.nextInt(3)));
    }
    return transforms;
  }

  /** A transform of the type with random id and attributes. */
  Transform transform(int type) {
    int id = random.nextInt(65536);
    return switch (random.nextInt(3)) {
      case 0 -> Transform.of(type, id);
      case 1 -> Transform.of(type, id, random.nextInt(65536));
      default -> new Transform(type, id, List.of(new TransformAttribute(77, false, octets(0, 9))));
    };
  }

  private TrafficSelector trafficSelector(boolean ipv6) {
    int size = ipv6 ? 16 : 4;
    int type =
        ipv6 ? TrafficSelectorType.TS_IPV6_ADDR_RANGE : TrafficSelectorType.TS_IPV4_ADDR_RANGE;
    Octets one = octets(size, size);
    Octets other = octets(size, size);
    boolean ordered = one.compareUnsigned(other) <= 0;
    int port = random.nextInt(60000);
    int protocol = 1 + random.nextInt(255);
    return switch (random.nextInt(3)) {
      case 0 -> new TrafficSelector(type, protocol, 65535, 0, one, one);
      default ->
          new TrafficSelector(
              type,
              protocol,
              port,
              port + random.nextInt(5000),
              ordered ? one : other,
              ordered ? other : one);
    };
  }

  GroupWidePolicy groupWidePolicy() {
    return new GroupWidePolicy(
        List.of(
            GroupWideAttribute.atd(random.nextInt(65536)),
            GroupWideAttribute.senderIdBits(random.nextInt(64)),
            GroupWideAttribute.dtd(random.nextInt(65536)),
            new GroupWideAttribute(99, false, octets(0, 9))));
  }

  /** An SPI of the protocol that is not reserved. */
  Octets spi(int protocolId) {
    int size = ProtocolId.groupSpiSize(protocolId);
    return new ByteWriter()
        .u8(1 + random.nextInt(255))
        .octets(octets(size - 1, size - 1))
        .toOctets();
  }

  Octets octets(int min, int max) {
    byte[] octets = new byte[min + random.nextInt(max - min + 1)];
    random.nextBytes(octets);
    return Octets.of(octets);
  }
}
