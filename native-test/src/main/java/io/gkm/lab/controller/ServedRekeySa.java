package io.gkm.lab.controller;

import io.gkm.ike.Moment;
import io.gkm.ike.RekeySealer;
import io.gkm.ike.UdpPath;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.KeyWrap;
import io.gkm.ike.crypto.RekeyKeys;
import io.gkm.ike.crypto.RekeySuite;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.crypto.SkCipher;
import io.gkm.ike.wire.GcauthId;
import io.gkm.ike.wire.GroupSaAttribute;
import io.gkm.ike.wire.GroupSaPolicy;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.ProtocolId;
import io.gkm.ike.wire.TrafficSelector;
import io.gkm.ike.wire.Transform;
import io.gkm.ike.wire.TransformAttribute;
import io.gkm.ike.wire.TransformType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One Rekey SA of the key server: its policy, its keys, its Message IDs (RFC 9838 section 2.4.1).
 */
final class ServedRekeySa {
  private static final int UDP = 17;
  private static final int NAT_TRAVERSAL = 4500;

  private final RekeySettings settings;
  private final InetAddress server;
  private final Octets spi;
  private final Secret material;
  private final RekeyKeys keys;
  private final SkCipher cipher;
  private final Moment made;
  private long nextMessageId;

  ServedRekeySa(
      Moment now, RekeySettings settings, InetAddress server, Octets spi, SecureRandom random)
      throws CryptoException {
    this.settings = settings;
    this.server = server;
    this.spi = spi;
    this.made = now;
    RekeySuite suite =
        new RekeySuite(
            settings.encryption().id(),
            settings.encryption().keyLength().orElse(0),
            settings.integrity().map(Transform::id).orElse(0),
            settings.kwa());
    byte[] octets = new byte[suite.materialLength()];
    random.nextBytes(octets);
    this.material = Secret.wrap(octets);
    this.keys = RekeyKeys.split(suite, material);
    this.cipher = keys.cipher(random);
  }

  Octets spi() {
    return spi;
  }

  Secret material() {
    return material;
  }

  KeyWrap keyWrap() throws CryptoException {
    return keys.keyWrap();
  }

  Moment made() {
    return made;
  }

  long nextMessageId() {
    return nextMessageId;
  }

  /**
   * Its policy.
   *
   * @param signer present in registrations with signatures
   * @param registration whether it is for a registration: then it says how rekeys are authenticated
   */
  GroupSaPolicy policy(
      Moment now, boolean registration, Optional<SigningKey> signer, List<Octets> nextSpis) {
    List<Transform> transforms = new ArrayList<>();
    transforms.add(settings.encryption());
    settings.integrity().ifPresent(transforms::add);
    transforms.add(Transform.of(TransformType.KWA, settings.kwa()));
    if (registration) {
      transforms.add(gcauth(signer));
    }
    Duration left = settings.lifetime().minus(now.minus(made));
    List<GroupSaAttribute> attributes = new ArrayList<>();
    attributes.add(GroupSaAttribute.keyLifetime(Math.max(1, left.toSeconds())));
    if (registration && nextMessageId > 0) {
      attributes.add(GroupSaAttribute.initialMessageId(nextMessageId));
    }
    nextSpis.forEach(next -> attributes.add(GroupSaAttribute.nextSpi(next)));
    InetSocketAddress to = settings.group();
    return new GroupSaPolicy(
        ProtocolId.GIKE_UPDATE,
        spi,
        TrafficSelector.single(server, UDP, settings.port(), settings.port()),
        TrafficSelector.single(to.getAddress(), UDP, to.getPort(), to.getPort()),
        transforms,
        attributes);
  }

  private static Transform gcauth(Optional<SigningKey> signer) {
    if (signer.isEmpty()) {
      return Transform.of(TransformType.GCAUTH, GcauthId.IMPLICIT);
    }
    return new Transform(
        TransformType.GCAUTH,
        GcauthId.DIGITAL_SIGNATURE,
        List.of(TransformAttribute.signatureAlgorithm(signer.get().algorithmIdentifier())));
  }

  /** The next message on it, as the datagrams to send. */
  List<Datagram> message(List<Payload> payloads, Optional<SigningKey> signer)
      throws CryptoException {
    long id = nextMessageId++;
    RekeySealer.Plain plain =
        RekeySealer.plain(spi, id, payloads, signer.map(RekeySealer.Signer.class::cast));
    UdpPath path = new UdpPath(new InetSocketAddress(server, settings.port()), settings.group());
    return RekeySealer.sealFragments(cipher, spi, id, plain, settings.maxMessage()).stream()
        .map(octets -> new Datagram(path, marked(octets)))
        .toList();
  }

  /** To port 4500 the non-ESP marker stands in front (RFC 9838 section 2.1.1). */
  private Octets marked(byte[] message) {
    if (settings.group().getPort() != NAT_TRAVERSAL) {
      return Octets.of(message);
    }
    byte[] datagram = new byte[message.length + 4];
    System.arraycopy(message, 0, datagram, 4, message.length);
    return Octets.of(datagram);
  }
}
