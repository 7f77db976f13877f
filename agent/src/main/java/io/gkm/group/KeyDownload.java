package io.gkm.group;

import io.gkm.group.KeyPath.Unlocked;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.DataSaKeys;
import io.gkm.ike.crypto.KeyWrap;
import io.gkm.ike.crypto.RekeyKeys;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.GroupKeyBag;
import io.gkm.ike.wire.GsaPayload;
import io.gkm.ike.wire.KdPayload;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.ProtocolId;
import io.gkm.ike.wire.WrappedKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The keys of a registration: every policy has its key bag, every bag its policy (RFC 9838, 4.5).
 */
final class KeyDownload {
  private final KdPayload kd;
  private final Map<List<Object>, GroupKeyBag> bags = new HashMap<>();
  private final KeyWrap keyWrap;

  /**
   * @param keyWrap stays the caller's
   */
  KeyDownload(KdPayload kd, KeyWrap keyWrap) {
    this.kd = kd;
    kd.groupKeyBags().forEach(bag -> bags.put(List.of(bag.protocolId(), bag.spi()), bag));
    this.keyWrap = keyWrap;
  }

  /** Refuses keys of an SA that the policy does not name. */
  void checkBags(GsaPayload gsa) throws PolicyRefusedException {
    Set<List<Object>> named = new HashSet<>();
    gsa.saPolicies().forEach(policy -> named.add(List.of(policy.protocolId(), policy.spi())));
    for (GroupKeyBag bag : kd.groupKeyBags()) {
      if (!named.contains(List.of(bag.protocolId(), bag.spi()))) {
        throw new PolicyRefusedException(
            "it has keys for "
                + ProtocolId.name(bag.protocolId())
                + " SA 0x"
                + bag.spi().toHex()
                + ", of which there is no policy");
      }
    }
  }

  /** The keys of a data SA; the caller owns them. */
  DataSaKeys keys(AcceptedPolicy policy) throws PolicyRefusedException {
    WrappedKey wrapped = onlyKey(policy.name(), policy.protocolId(), policy.spi());
    if (wrapped.kwkId() != 0) {
      throw new PolicyRefusedException(
          policy.name()
              + ": its key is wrapped with key "
              + wrapped.kwkId()
              + ", not the IKE SA's");
    }
    try (Secret material = unwrap(policy.name(), wrapped)) {
      return policy.suite().split(material);
    } catch (CryptoException e) {
      throw new PolicyRefusedException(policy.name() + ": " + e.getMessage(), e);
    }
  }

  /** A registration brings the key of the Rekey SA once (RFC 9838 section 4.5.2.1). */
  void requireOneKey(String sa, RekeyPolicy policy) throws PolicyRefusedException {
    onlyKey(sa, ProtocolId.GIKE_UPDATE, policy.spi());
  }

  /**
   * The Rekey SA with its keys, and the key path from then on.
   *
   * @param path what this member had before
   * @throws NoKeyPathException when no key of this member opens it
   */
  RekeyGrant grant(RekeyPolicy policy, RekeyAuthentication authentication, KeyPath path)
      throws PolicyRefusedException {
    Optional<GroupKeyBag> bag = bag(ProtocolId.GIKE_UPDATE, policy.spi());
    if (bag.isEmpty()) {
      throw new PolicyRefusedException(RekeyPolicyCheck.SA + " comes without keys");
    }
    Optional<Unlocked> unlocked = path.unlock(bag.get().saKeys(), wrapKeys(), keyWrap);
    if (unlocked.isEmpty()) {
      throw new NoKeyPathException(
          RekeyPolicyCheck.SA
              + ": no key of this member opens its key, wrapped with "
              + bag.get().saKeys().stream().map(key -> "key " + key.kwkId()).toList());
    }
    try (Secret material = unlocked.get().material()) {
      RekeyKeys keys = RekeyKeys.split(policy.suite(), material);
      return new RekeyGrant(policy, keys, authentication, unlocked.get().path());
    } catch (CryptoException e) {
      unlocked.get().path().close();
      throw new PolicyRefusedException(RekeyPolicyCheck.SA + ": " + e.getMessage(), e);
    }
  }

  private Optional<GroupKeyBag> bag(int protocolId, Octets spi) {
    return Optional.ofNullable(bags.get(List.of(protocolId, spi)));
  }

  private WrappedKey onlyKey(String sa, int protocolId, Octets spi) throws PolicyRefusedException {
    Optional<GroupKeyBag> bag = bag(protocolId, spi);
    if (bag.isEmpty()) {
      throw new PolicyRefusedException(sa + " comes without keys");
    }
    List<WrappedKey> keys = bag.get().saKeys();
    if (keys.size() != 1 || keys.get(0).keyId() != 0) {
      throw new PolicyRefusedException(sa + " must come with exactly one SA_KEY of Key ID 0");
    }
    return keys.get(0);
  }

  private Secret unwrap(String sa, WrappedKey wrapped) throws PolicyRefusedException {
    try {
      return keyWrap.unwrap(wrapped.encryptedKey().toByteArray());
    } catch (CryptoException e) {
      throw new PolicyRefusedException(sa + ": " + e.getMessage(), e);
    }
  }

  /** WRAP_KEY attributes: the keys of a key tree. */
  List<WrappedKey> wrapKeys() {
    return kd.memberKeyBag().map(bag -> bag.wrapKeys()).orElse(List.of());
  }

  /** GM_SENDER_ID attributes. */
  List<Long> senderIds() {
    return kd.memberKeyBag().map(bag -> bag.senderIds()).orElse(List.of());
  }

  /** AUTH_KEY, the key server's public key for signed rekeys. */
  Optional<Octets> authKey() {
    return kd.memberKeyBag().flatMap(bag -> bag.authKey());
  }
}
