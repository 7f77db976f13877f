package io.gkm.lab.controller;

import io.gkm.ike.Moment;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.KeyWrap;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.DeletePayload;
import io.gkm.ike.wire.GroupKeyBag;
import io.gkm.ike.wire.GroupPolicy;
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
import io.gkm.ike.wire.WrappedKey;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One group as the key server serves it: its current keys, who is in it, and its rekeys (RFC 9838).
 */
final class ServedGroup {
  /** New keys are made when this part of the lifetime is over, in groups without rekeys. */
  private static final double RENEW_AT = 0.6;

  private final ControllerSettings.Group settings;
  private final InetAddress server;
  private final SecureRandom random;
  private final List<Tek> teks = new ArrayList<>();
  private final Set<String> members = new LinkedHashSet<>();
  private final Set<String> excluded = new HashSet<>();
  private final RekeySender sender = new RekeySender();
  private final SenderIdSpace senderIdSpace;
  private Optional<ServedRekeySa> rekeySa = Optional.empty();
  private Optional<SigningKey> signer = Optional.empty();
  private Optional<KeyTree> tree = Optional.empty();
  private Optional<Octets> nextRekeySpi = Optional.empty();

  ServedGroup(ControllerSettings.Group settings, InetAddress server, SecureRandom random) {
    this.settings = settings;
    this.server = server;
    this.random = random;
    this.senderIdSpace = new SenderIdSpace(settings.senderIdBits());
  }

  ControllerSettings.Group settings() {
    return settings;
  }

  /** Names of those who have registered and not left. */
  Set<String> members() {
    return Set.copyOf(members);
  }

  /** The keys now given out. */
  List<Tek> teks(Moment now) throws CryptoException {
    if (teks.isEmpty()) {
      for (ControllerSettings.DataSa sa : settings.sas()) {
        teks.add(Tek.make(now, sa, sa.spi(), random));
      }
    } else if (!isRekeyed()) {
      renewOldTeks(now, renewAfter());
    }
    return List.copyOf(teks);
  }

  private boolean isRekeyed() {
    return settings.rekey().isPresent() || settings.inband();
  }

  /** A Delete of the present data SAs for each protocol they have. */
  private List<DeletePayload> deletes() {
    Map<Integer, List<Octets>> spis = new TreeMap<>(Comparator.reverseOrder());
    for (Tek tek : teks) {
      spis.computeIfAbsent(tek.sa().protocolId(), unused -> new ArrayList<>()).add(tek.spi());
    }
    return spis.entrySet().stream()
        .map(entry -> DeletePayload.groupSas(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** Makes the next generation of keys; what deletes the one before. */
  private List<DeletePayload> renewTeks(Moment now) throws CryptoException {
    List<DeletePayload> before = deletes();
    List<Tek> next = new ArrayList<>();
    for (Tek old : teks) {
      next.add(Tek.make(now, old.sa(), Optional.empty(), random));
      old.material().close();
    }
    teks.clear();
    teks.addAll(next);
    return before;
  }

  /**
   * The payloads that make somebody a member: GSA, KD and notifies.
   *
   * @param senderIds how many it asks for; 0 if it will not send
   * @param keyWrap of the IKE SA over which it registers
   */
  List<Payload> register(
      Moment now, String member, Optional<SaPayload> sag, long senderIds, KeyWrap keyWrap)
      throws GroupRefusedException, CryptoException {
    if (settings.full()) {
      throw new GroupRefusedException(NotifyType.REGISTRATION_FAILED, "the group is full");
    }
    if (excluded.contains(member)) {
      throw new GroupRefusedException(NotifyType.AUTHORIZATION_FAILED, "it was excluded");
    }
    for (ControllerSettings.DataSa sa : settings.sas()) {
      SagCheck.requireSupported(sa, sag);
    }
    startRekeys(now);
    if (tree.isPresent() && !tree.get().hasRoomFor(member)) {
      throw new GroupRefusedException(NotifyType.REGISTRATION_FAILED, "the key tree is full");
    }
    List<GroupPolicy> policies = new ArrayList<>();
    List<KeyBag> bags = new ArrayList<>();
    List<WrappedKey> wrapKeys = new ArrayList<>();
    if (rekeySa.isPresent()) {
      ServedRekeySa sa = rekeySa.get();
      policies.add(sa.policy(now, true, signer, announced()));
      WrappedKey saKey = new WrappedKey(0, 0, Octets.of(keyWrap.wrap(sa.material())));
      if (tree.isPresent()) {
        wrapKeys.addAll(tree.get().join(member, keyWrap));
        saKey = tree.get().saKey(member, sa.material()).orElseThrow();
      }
      bags.add(GroupKeyBag.of(ProtocolId.GIKE_UPDATE, sa.spi(), List.of(saKey)));
    }
    addTeks(now, keyWrap, policies, bags);
    boolean counterMode = false;
    for (Tek tek : teks) {
      counterMode |= tek.sa().suite().counterMode();
    }
    List<GroupWideAttribute> wide = new ArrayList<>(delays());
    List<Long> ids = List.of();
    if (counterMode && senderIds > 0) {
      wide.add(GroupWideAttribute.senderIdBits(settings.senderIdBits()));
      ids = senderIdSpace.take(senderIds);
    }
    Optional<Octets> authKey = signer.map(SigningKey::publicKey);
    if (!wrapKeys.isEmpty() || authKey.isPresent() || !ids.isEmpty()) {
      bags.add(MemberKeyBag.of(wrapKeys, authKey, ids));
    }
    members.add(member);
    return payloads(policies, wide, bags);
  }

  private List<GroupWideAttribute> delays() {
    List<GroupWideAttribute> wide = new ArrayList<>();
    settings.atd().ifPresent(s -> wide.add(GroupWideAttribute.atd(s)));
    settings.dtd().ifPresent(s -> wide.add(GroupWideAttribute.dtd(s)));
    return wide;
  }

  private void addTeks(Moment now, KeyWrap by, List<GroupPolicy> policies, List<KeyBag> bags)
      throws CryptoException {
    for (Tek tek : teks(now)) {
      policies.add(tek.policy(now, settings.lifetime()));
      Octets wrapped = Octets.of(by.wrap(tek.material()));
      bags.add(
          GroupKeyBag.of(tek.sa().protocolId(), tek.spi(), List.of(new WrappedKey(0, 0, wrapped))));
    }
  }

  private List<Payload> payloads(
      List<GroupPolicy> policies, List<GroupWideAttribute> wide, List<KeyBag> bags) {
    List<GroupPolicy> all = new ArrayList<>(policies);
    if (!wide.isEmpty()) {
      all.add(new GroupWidePolicy(wide));
    }
    List<Payload> payloads = new ArrayList<>();
    payloads.add(new GsaPayload(all));
    payloads.add(new KdPayload(bags));
    if (settings.transportMode()) {
      payloads.add(NotifyPayload.of(NotifyType.USE_TRANSPORT_MODE));
    }
    return payloads;
  }

  /** The payloads of a rekey: GSA, KD, the Delete of what was before, notifies. */
  private List<Payload> replacement(
      List<GroupPolicy> policies, List<KeyBag> bags, List<DeletePayload> before) {
    List<Payload> payloads = payloads(policies, delays(), bags);
    payloads.addAll(2, before);
    return payloads;
  }

  /** The first Rekey SA, key pair and key tree are made when somebody registers. */
  private void startRekeys(Moment now) throws CryptoException {
    if (settings.inband() && !sender.isPlanned()) {
      // Keys from before must last until the first rekey.
      renewOldTeks(now, settings.lifetime().dividedBy(8));
      planInband(now);
    }
    if (settings.rekey().isEmpty() || rekeySa.isPresent()) {
      return;
    }
    RekeySettings rekey = settings.rekey().get();
    if (rekey.signature().isPresent() && signer.isEmpty()) {
      signer = Optional.of(SigningKey.make(rekey.signature().get(), random));
    }
    if (rekey.treeDepth().isPresent() && tree.isEmpty()) {
      int octets = KeyWrap.keyLength(rekey.kwa());
      tree =
          Optional.of(
              new KeyTree(
                  rekey.treeDepth().getAsInt(),
                  rekey.kwa(),
                  id -> Secret.wrap(randomOctets(octets))));
    }
    rekeySa = Optional.of(newRekeySa(now));
    // Keys from before must last until the first rekey.
    renewOldTeks(now, rekey.interval().dividedBy(4));
    sender.plan(now.plus(rekey.interval()));
  }

  /** Makes new keys if those that are there are older than this. */
  private void renewOldTeks(Moment now, Duration age) throws CryptoException {
    if (!teks.isEmpty() && now.minus(teks.get(0).made()).compareTo(age) > 0) {
      renewTeks(now);
    }
  }

  private ServedRekeySa newRekeySa(Moment now) throws CryptoException {
    Octets spi = nextRekeySpi.orElseGet(this::randomRekeySpi);
    RekeySettings rekey = settings.rekey().orElseThrow();
    nextRekeySpi = rekey.announceNext() ? Optional.of(randomRekeySpi()) : Optional.empty();
    return new ServedRekeySa(now, rekey, server, spi, random);
  }

  private List<Octets> announced() {
    return nextRekeySpi.stream().toList();
  }

  /** What is due: a planned rekey, and messages once more. */
  List<Datagram> tick(Moment now) throws CryptoException {
    List<Datagram> out = new ArrayList<>();
    if (rekeySa.isPresent() && sender.isRekeyDue(now)) {
      out.addAll(rekey(now));
    }
    out.addAll(sender.copies(now));
    return out;
  }

  Optional<Moment> deadline() {
    return sender.deadline();
  }

  /**
   * A rekey by multicast: new data SAs instead of the old ones; with them the next Rekey SA when
   * half of this one's life is over.
   */
  List<Datagram> rekey(Moment now) throws CryptoException {
    if (rekeySa.isEmpty()) {
      throw new IllegalStateException(
          "group "
              + settings.name()
              + " has no Rekey SA: nobody is in it, or it is set up without");
    }
    RekeySettings rekey = settings.rekey().orElseThrow();
    ServedRekeySa over = rekeySa.get();
    boolean newRekeySa = now.minus(over.made()).compareTo(rekey.lifetime().dividedBy(2)) >= 0;
    List<DeletePayload> before = renewTeks(now);
    List<GroupPolicy> policies = new ArrayList<>();
    List<KeyBag> bags = new ArrayList<>();
    try (KeyWrap by = over.keyWrap()) {
      if (newRekeySa) {
        ServedRekeySa next = newRekeySa(now);
        policies.add(next.policy(now, false, signer, announced()));
        WrappedKey key = new WrappedKey(0, 0, Octets.of(by.wrap(next.material())));
        bags.add(GroupKeyBag.of(ProtocolId.GIKE_UPDATE, next.spi(), List.of(key)));
        rekeySa = Optional.of(next);
      }
      addTeks(now, by, policies, bags);
    }
    List<Payload> payloads = replacement(policies, bags, before);
    sender.plan(now.plus(rekey.interval()));
    return sender.send(now, rekey, over.message(payloads, signer));
  }

  /**
   * Excludes a member for good (RFC 9838 section 3.2.1): with a key tree a message that only the
   * others can use brings the next Rekey SA, and another one on that SA the new data SAs. Without a
   * tree everybody has to register again.
   */
  List<Datagram> exclude(Moment now, String member) throws CryptoException {
    excluded.add(member);
    members.remove(member);
    if (rekeySa.isEmpty()) {
      renewTeks(now);
      return List.of();
    }
    if (tree.isEmpty()) {
      return endGroup(now);
    }
    RekeySettings rekey = settings.rekey().orElseThrow();
    ServedRekeySa over = rekeySa.get();
    List<WrappedKey> wrapKeys = tree.get().exclude(member);
    ServedRekeySa next = newRekeySa(now);
    List<KeyBag> bags = new ArrayList<>();
    bags.add(
        GroupKeyBag.of(ProtocolId.GIKE_UPDATE, next.spi(), tree.get().saKeys(next.material())));
    if (!wrapKeys.isEmpty()) {
      bags.add(MemberKeyBag.of(wrapKeys, Optional.empty(), List.of()));
    }
    List<Payload> payloads =
        List.of(
            new GsaPayload(List.of(next.policy(now, false, signer, announced()))),
            new KdPayload(bags));
    List<Datagram> out = new ArrayList<>(sender.send(now, rekey, over.message(payloads, signer)));
    rekeySa = Optional.of(next);
    out.addAll(rekey(now));
    return out;
  }

  /** Everybody is out and has to register again (RFC 9838 section 2.4.3). */
  List<Datagram> endGroup(Moment now) throws CryptoException {
    members.clear();
    renewTeks(now);
    // New keys: Sender-IDs may be given out again (RFC 9838 section 2.5.2).
    senderIdSpace.startAgain();
    if (rekeySa.isEmpty()) {
      return List.of();
    }
    List<Datagram> messages =
        rekeySa.get().message(List.of(DeletePayload.all(ProtocolId.GIKE_UPDATE)), signer);
    rekeySa = Optional.empty();
    tree = Optional.empty();
    sender.planNothing();
    return sender.send(now, settings.rekey().orElseThrow(), messages);
  }

  /** The payloads of an inband rekey that replaces the data SAs; the same keys for everybody. */
  InbandRekey inband(Moment now) throws CryptoException {
    List<DeletePayload> before = renewTeks(now);
    planInband(now);
    return by -> {
      List<GroupPolicy> policies = new ArrayList<>();
      List<KeyBag> bags = new ArrayList<>();
      addTeks(now, by, policies, bags);
      return replacement(policies, bags, before);
    };
  }

  private void planInband(Moment now) {
    sender.plan(now.plus(renewAfter()));
  }

  private Duration renewAfter() {
    return Duration.ofMillis((long) (settings.lifetime().toMillis() * RENEW_AT));
  }

  /** Whether the next inband rekey is to be made now. */
  boolean isInbandRekeyDue(Moment now) {
    return settings.inband() && sender.isRekeyDue(now);
  }

  /** The payloads for one member. */
  interface InbandRekey {
    List<Payload> payloads(KeyWrap by) throws CryptoException;
  }

  /** A member has left. */
  void leave(String member) {
    members.remove(member);
  }

  private Octets randomRekeySpi() {
    byte[] octets = randomOctets(16);
    octets[0] |= 1;
    return Octets.of(octets);
  }

  private byte[] randomOctets(int length) {
    byte[] octets = new byte[length];
    random.nextBytes(octets);
    return octets;
  }
}
