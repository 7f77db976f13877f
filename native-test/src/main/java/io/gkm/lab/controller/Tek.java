package io.gkm.lab.controller;

import io.gkm.ike.Moment;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.DataTransform;
import io.gkm.ike.crypto.DataTransforms;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.GroupSaAttribute;
import io.gkm.ike.wire.GroupSaPolicy;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.ProtocolId;
import io.gkm.ike.wire.Transform;
import io.gkm.ike.wire.TransformType;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The traffic encryption key of one data SA, for one generation.
 *
 * @param material encryption key with salt, then integrity key
 */
record Tek(ControllerSettings.DataSa sa, Octets spi, Secret material, Moment made) {
  /** A new one; with a random SPI where none is given. */
  static Tek make(Moment now, ControllerSettings.DataSa sa, Optional<Long> spi, SecureRandom random)
      throws CryptoException {
    int octets = encryption(sa).materialOctets();
    if (sa.integrity().isPresent()) {
      octets += DataTransforms.integrity(sa.integrity().get().id()).materialOctets();
    }
    byte[] material = new byte[octets];
    random.nextBytes(material);
    long number = spi.orElseGet(() -> 0x1000L + (random.nextInt() & 0x7fffffffL));
    return new Tek(sa, Octets.ofU32(number), Secret.wrap(material), now);
  }

  private static DataTransform encryption(ControllerSettings.DataSa sa) throws CryptoException {
    return DataTransforms.encryption(sa.encryption().id(), sa.encryption().keyLength().orElse(0));
  }

  /** The cipher. */
  DataTransform encryption() throws CryptoException {
    return encryption(sa);
  }

  /**
   * Its policy now.
   *
   * @param lifetime of a key when it is made
   */
  GroupSaPolicy policy(Moment now, Duration lifetime) {
    List<Transform> transforms = new ArrayList<>();
    transforms.add(sa.encryption());
    sa.integrity().ifPresent(transforms::add);
    transforms.add(Transform.of(TransformType.SN, sa.sequenceNumbers()));
    Duration left = lifetime.minus(now.minus(made));
    return new GroupSaPolicy(
        ProtocolId.ESP,
        spi,
        sa.source(),
        sa.destination(),
        transforms,
        List.of(GroupSaAttribute.keyLifetime(Math.max(1, left.toSeconds()))));
  }
}
