package io.gkm.ike.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Valid payloads of every kind that can stand in clear or inside an encrypted one, chosen by a
 * seed.
 */
final class RandomPayloads {
  private final Random random;
  private final RandomGroupPolicies policies;

  RandomPayloads(long seed) {
    random = new Random(seed);
    policies = new RandomGroupPolicies(random);
  }

  /** One payload of each kind. */
  List<Payload> oneOfEach() {
    Stream<Supplier<Payload>> kinds =
        Stream.of(
            this::sa,
            () -> new KePayload(random.nextInt(65536), octets(1, 40)),
            () -> new IdPayload(anyOf(PayloadType.IDI, PayloadType.IDR), identification()),
            () -> new IdPayload(PayloadType.IDG, identification()),
            () -> new CertPayload(random.nextInt(256), octets(1, 40)),
            () -> new CertReqPayload(CertEncoding.X509_SIGNATURE, octets(20 * random.nextInt(3))),
            () -> new AuthPayload(random.nextInt(256), octets(1, 40)),
            () -> new NoncePayload(octets(16, 64)),
            this::notification,
            this::delete,
            () -> new VendorIdPayload(octets(0, 20)),
            this::gsa,
            this::kd,
            () -> new RawPayload(PayloadType.EAP, random.nextBoolean(), octets(0, 20)),
            () -> new UnknownPayload(55 + random.nextInt(200), octets(0, 20)));
    return kinds.map(Supplier::get).toList();
  }

  private SaPayload sa() {
    List<Proposal> proposals = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      int protocol = anyOf(ProtocolId.IKE, ProtocolId.ESP, ProtocolId.GIKE_UPDATE);
      int spiSize = protocol == ProtocolId.IKE ? 8 : ProtocolId.groupSpiSize(protocol);
      List<Transform> transforms = new ArrayList<>();
      for (int t = random.nextInt(4); t >= 0; t--) {
        transforms.add(policies.transform(random.nextInt(256)));
      }
      Octets spi = random.nextBoolean() ? Octets.EMPTY : octets(spiSize);
      proposals.add(new Proposal(random.nextInt(256), protocol, spi, transforms));
    }
    return new SaPayload(proposals);
  }

  private Identification identification() {
    return switch (random.nextInt(4)) {
      case 0 -> new Identification(IdType.IPV4_ADDR, octets(4));
      case 1 -> new Identification(IdType.IPV6_ADDR, octets(16));
      case 2 -> Identification.parse("dn:CN=member-" + random.nextInt(1000) + ",O=Example");
      default -> new Identification(anyOf(IdType.FQDN, IdType.KEY_ID, 200), octets(1, 30));
    };
  }

  private NotifyPayload notification() {
    Octets spi = octets(anyOf(0, 4, 16));
    return new NotifyPayload(random.nextInt(256), spi, random.nextInt(65536), octets(0, 30));
  }

  private DeletePayload delete() {
    int protocol = anyOf(ProtocolId.AH, ProtocolId.ESP, ProtocolId.GIKE_UPDATE);
    return switch (random.nextInt(3)) {
      case 0 -> DeletePayload.ikeSa();
      case 1 -> DeletePayload.all(protocol);
      default -> {
        int size = ProtocolId.groupSpiSize(protocol);
        yield DeletePayload.groupSas(protocol, List.of(octets(size), octets(size)));
      }
    };
  }

  private GsaPayload gsa() {
    List<GroupPolicy> all = new ArrayList<>();
    if (random.nextBoolean()) {
      all.add(policies.saPolicy(ProtocolId.GIKE_UPDATE));
    }
    all.add(policies.saPolicy(ProtocolId.ESP));
    all.add(policies.saPolicy(ProtocolId.AH));
    if (random.nextBoolean()) {
      all.add(policies.groupWidePolicy());
    }
    return new GsaPayload(all);
  }

  private KdPayload kd() {
    List<WrappedKey> rekeyKeys = new ArrayList<>();
    List<WrappedKey> wrapKeys = new ArrayList<>();
    List<Long> senderIds = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      rekeyKeys.add(new WrappedKey(0, random.nextInt(100), octets(1, 40)));
      wrapKeys.add(new WrappedKey(1 + random.nextInt(100), random.nextInt(100), octets(1, 40)));
      senderIds.add(i + ((long) random.nextInt(1000) << (random.nextBoolean() ? 8 : 40)));
    }
    List<KeyBagAttribute> unknown =
        List.of(new KeyBagAttribute(1000 + random.nextInt(1000), false, octets(0, 10)));
    Optional<Octets> authKey = Optional.of(octets(1, 50)).filter(key -> random.nextBoolean());
    List<WrappedKey> dataKey = List.of(new WrappedKey(0, 0, octets(1, 40)));
    return new KdPayload(
        List.of(
            new GroupKeyBag(
                ProtocolId.GIKE_UPDATE, policies.spi(ProtocolId.GIKE_UPDATE), rekeyKeys, unknown),
            GroupKeyBag.of(ProtocolId.ESP, policies.spi(ProtocolId.ESP), dataKey),
            new MemberKeyBag(wrapKeys, authKey, senderIds.stream().distinct().toList(), unknown)));
  }

  private int anyOf(int... values) {
    return values[random.nextInt(values.length)];
  }

  private Octets octets(int size) {
    return policies.octets(size, size);
  }

  private Octets octets(int min, int max) {
    return policies.octets(min, max);
  }
}
