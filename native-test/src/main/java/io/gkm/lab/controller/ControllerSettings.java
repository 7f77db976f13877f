package io.gkm.lab.controller;

import io.gkm.ike.Authentication;
import io.gkm.ike.CertificateCheck;
import io.gkm.ike.PreSharedKey;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.DataSuite;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.Identification;
import io.gkm.ike.wire.IntegId;
import io.gkm.ike.wire.ProtocolId;
import io.gkm.ike.wire.TrafficSelector;
import io.gkm.ike.wire.Transform;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * What the lab key server is told.
 *
 * @param address where it listens
 * @param ports UDP ports; on 4500 messages carry the non-ESP marker
 * @param cookie whether it answers a first IKE_SA_INIT by COOKIE
 * @param keyExchange the only key exchange method it takes, else any
 */
public record ControllerSettings(
    InetAddress address,
    List<Integer> ports,
    Identification id,
    boolean cookie,
    OptionalInt keyExchange,
    List<Member> members,
    List<Group> groups) {
  public ControllerSettings {
    ports = List.copyOf(ports);
    members = List.copyOf(members);
    groups = List.copyOf(groups);
  }

  /** Whether a member or the key server itself signs. */
  boolean usesSignatures() {
    return members.stream().anyMatch(m -> m.authentication().usesSignatures());
  }

  /**
   * Somebody who may register.
   *
   * @param authentication how the key server proves itself to it, and what it must show
   * @param certificates why its certificates are refused, if they are
   * @param groups names of the groups that it may join
   */
  public record Member(
      String name,
      Identification id,
      Authentication authentication,
      Function<CertificateCheck, Optional<String>> certificates,
      List<String> groups) {
    public Member {
      groups = List.copyOf(groups);
    }

    /** One with a pre-shared key. */
    public Member(String name, Identification id, Secret psk, List<String> groups) {
      this(name, id, new PreSharedKey(psk), check -> Optional.of("none are configured"), groups);
    }
  }

  /**
   * A group and its policy.
   *
   * @param lifetime of its keys; new ones are made when 60 % of it have passed
   * @param transportMode else tunnel mode with address preservation
   * @param senderIdBits for counter-mode SAs (RFC 6054)
   * @param atd activation time delay, seconds
   * @param dtd deactivation time delay, seconds
   * @param full whether it refuses everybody with REGISTRATION_FAILED
   * @param rekey how it is rekeyed by multicast
   * @param inband whether it is rekeyed over each member's IKE SA
   */
  public record Group(
      String name,
      Identification id,
      Duration lifetime,
      boolean transportMode,
      int senderIdBits,
      OptionalInt atd,
      OptionalInt dtd,
      boolean full,
      List<DataSa> sas,
      Optional<RekeySettings> rekey,
      boolean inband) {
    public Group {
      sas = List.copyOf(sas);
    }
  }

  /**
   * One data SA of a group: ESP, or AH where there is no encryption.
   *
   * @param spi of the first generation of keys; random where absent
   */
  public record DataSa(
      TrafficSelector source,
      TrafficSelector destination,
      Optional<Transform> encryption,
      Optional<Transform> integrity,
      int sequenceNumbers,
      Optional<Long> spi) {
    /** AH or ESP. */
    int protocolId() {
      return encryption.isPresent() ? ProtocolId.ESP : ProtocolId.AH;
    }

    /** Its algorithms. */
    DataSuite suite() throws CryptoException {
      int integrityId = integrity.map(Transform::id).orElse(IntegId.NONE);
      return encryption.isPresent()
          ? DataSuite.esp(
              encryption.get().id(), encryption.get().keyLength().orElse(0), integrityId)
          : DataSuite.ah(integrityId);
    }
  }
}
