package io.gkm.lab.controller;

import io.gkm.ike.Moment;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.DataTransform;
import io.gkm.ike.crypto.DataTransforms;
import io.gkm.ike.crypto.KeyWrap;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.GroupKeyBag;
import io.gkm.ike.wire.GroupPolicy;
import io.gkm.ike.wire.GroupSaAttribute;
import io.gkm.ike.wire.GroupSaPolicy;
import io.gkm.ike.wire.GroupWideAttribute;
import io.gkm.ike.wire.GroupWidePolicy;
import io.gkm.ike.wire.GsaPayload;
import io.gkm.ike.wire.KdPayload;
import io.gkm.ike.wire.KeyBag;
import io.gkm.ike.wire.MemberKeyBag;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.ProtocolId;
import io.gkm.ike.wire.SaPayload;
import io.gkm.ike.wire.Transform;
import io.gkm.ike.wire.TransformType;
import io.gkm.ike.wire.WrappedKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One group as the key server serves it: its current keys and who is in it (RFC 9838). */
final class ServedGroup {
  private static final int MAX_SENDER_IDS_AT_ONCE = 16;

  /** Members that register in the last part of a key's life get the next one. */
  private static final double RENEW_AT = 0.6;

  private final ControllerSettings.Group settings;
  private final SecureRandom random;
  private final List<Tek> teks = new ArrayList<>();
  private long nextSenderId;

  ServedGroup(ControllerSettings.Group settings, SecureRandom random) {
    this.settings = settings;
    this.random = random;
  }

  ControllerSettings.Group settings() {
    return settings;
  }

  /** The keys now given out. */
  List<Tek> teks(Moment now) throws CryptoException {
    if (teks.isEmpty()) {
      for (ControllerSettings.DataSa sa : settings.sas()) {
        teks.add(newTek(now, sa, sa.spi()));
      }
    } else if (now.minus(teks.get(0).made()).toMillis()
        > settings.lifetime().toMillis() * RENEW_AT) {
      List<Tek> next = new ArrayList<>();
      for (Tek old : teks) {
        next.add(newTek(now, old.sa(), Optional.empty()));
        old.material().close();
      }
      teks.clear();
      teks.addAll(next);
    }
    return List.copyOf(teks);
  }

  /**
   * The payloads that make somebody a member: GSA, KD and notifies.
   *
   * @param senderIds how many it asks for; 0 if it will not send
   * @param keyWrap of the IKE SA over which it registers
   */
  List<Payload> register(Moment now, Optional<SaPayload> sag, long senderIds, KeyWrap keyWrap)
      throws GroupRefusedException, CryptoException {
    if (settings.full()) {
      throw new GroupRefusedException(NotifyType.REGISTRATION_FAILED, "the group is full");
    }
    for (ControllerSettings.DataSa sa : settings.sas()) {
      requireSupported(sa, sag);
    }
    List<GroupPolicy> policies = new ArrayList<>();
    List<KeyBag> bags = new ArrayList<>();
    boolean counterMode = false;
    for (Tek tek : teks(now)) {
      policies.add(policy(now, tek));
      Octets wrapped = Octets.of(keyWrap.wrap(tek.material()));
      bags.add(GroupKeyBag.of(ProtocolId.ESP, tek.spi(), List.of(new WrappedKey(0, 0, wrapped))));
      counterMode |= encryption(tek.sa()).counterMode();
    }
    List<GroupWideAttribute> wide = new ArrayList<>();
    settings.atd().ifPresent(s -> wide.add(GroupWideAttribute.atd(s)));
    settings.dtd().ifPresent(s -> wide.add(GroupWideAttribute.dtd(s)));
    if (counterMode && senderIds > 0) {
      wide.add(GroupWideAttribute.senderIdBits(settings.senderIdBits()));
      bags.add(MemberKeyBag.of(List.of(), Optional.empty(), takeSenderIds(senderIds)));
    }
    if (!wide.isEmpty()) {
      policies.add(new GroupWidePolicy(wide));
    }
    List<Payload> payloads = new ArrayList<>();
    payloads.add(new GsaPayload(policies));
    payloads.add(new KdPayload(bags));
    if (settings.transportMode()) {
      payloads.add(NotifyPayload.of(NotifyType.USE_TRANSPORT_MODE));
    }
    return payloads;
  }

  private GroupSaPolicy policy(Moment now, Tek tek) {
    ControllerSettings.DataSa sa = tek.sa();
    List<Transform> transforms = new ArrayList<>();
    transforms.add(sa.encryption());
    sa.integrity().ifPresent(transforms::add);
    transforms.add(Transform.of(TransformType.SN, sa.sequenceNumbers()));
    Duration left = settings.lifetime().minus(now.minus(tek.made()));
    return new GroupSaPolicy(
        ProtocolId.ESP,
        tek.spi(),
        sa.source(),
        sa.destination(),
        transforms,
        List.of(GroupSaAttribute.keyLifetime(Math.max(1, left.toSeconds()))));
  }

  /** A Sender-ID is given once, never again (RFC 9838 section 2.5.1). */
  private List<Long> takeSenderIds(long asked) throws GroupRefusedException {
    List<Long> ids = new ArrayList<>();
    long end = 1L << settings.senderIdBits();
    while (ids.size() < Math.min(asked, MAX_SENDER_IDS_AT_ONCE) && nextSenderId < end) {
      ids.add(nextSenderId++);
    }
    if (ids.isEmpty()) {
      throw new GroupRefusedException(
          NotifyType.REGISTRATION_FAILED, "all " + end + " Sender-IDs are given out");
    }
    return ids;
  }

  /** RFC 9838 section 2.3.4: a member whose SAg lacks the policy's transforms is told so. */
  private void requireSupported(ControllerSettings.DataSa sa, Optional<SaPayload> sag)
      throws GroupRefusedException {
    if (sag.isEmpty()) {
      return;
    }
    boolean supported =
        sag.get().proposals().stream()
            .filter(p -> p.protocolId() == ProtocolId.ESP)
            .anyMatch(
                p ->
                    offers(p.transforms(), sa.encryption())
                        && sa.integrity().map(i -> offers(p.transforms(), i)).orElse(true)
                        && offers(
                            p.transforms(), Transform.of(TransformType.SN, sa.sequenceNumbers())));
    if (!supported) {
      throw new GroupRefusedException(
          NotifyType.NO_PROPOSAL_CHOSEN, "the member does not offer " + sa.encryption());
    }
  }

  private static boolean offers(List<Transform> offered, Transform wanted) {
    return offered.stream()
        .anyMatch(
            t ->
                t.type() == wanted.type()
                    && t.id() == wanted.id()
                    && t.keyLength().equals(wanted.keyLength()));
  }

  private Tek newTek(Moment now, ControllerSettings.DataSa sa, Optional<Long> spi)
      throws CryptoException {
    int octets = encryption(sa).materialOctets();
    if (sa.integrity().isPresent()) {
      octets += DataTransforms.integrity(sa.integrity().get().id()).materialOctets();
    }
    byte[] material = new byte[octets];
    random.nextBytes(material);
    return new Tek(sa, Octets.ofU32(spi.orElseGet(this::randomSpi)), Secret.wrap(material), now);
  }

  private static DataTransform encryption(ControllerSettings.DataSa sa) throws CryptoException {
    return DataTransforms.encryption(sa.encryption().id(), sa.encryption().keyLength().orElse(0));
  }

  private long randomSpi() {
    return 0x1000L + (random.nextInt() & 0x7fffffffL);
  }
}
