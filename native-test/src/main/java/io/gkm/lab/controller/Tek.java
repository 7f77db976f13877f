package io.gkm.lab.controller;

import io.gkm.ike.Moment;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.GroupSaAttribute;
import io.gkm.ike.wire.GroupSaPolicy;
import io.gkm.ike.wire.Octets;
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
    byte[] material = new byte[sa.suite().materialOctets()];
    random.nextBytes(material);
    long number = spi.orElseGet(() -> 0x1000L + (random.nextInt() & 0x7fffffffL));
    return new Tek(sa, Octets.ofU32(number), Secret.wrap(material), now);
  }

  /**
   * Its policy now.
   *
   * @param lifetime of a key when it is made
   */
  GroupSaPolicy policy(Moment now, Duration lifetime) {
    List<Transform> transforms = new ArrayList<>();
    sa.encryption().ifPresent(transforms::add);
    sa.integrity().ifPresent(transforms::add);
    transforms.add(Transform.of(TransformType.SN, sa.sequenceNumbers()));
    Duration left = lifetime.minus(now.minus(made));
    return new GroupSaPolicy(
        sa.protocolId(),
        spi,
        sa.source(),
        sa.destination(),
        transforms,
        List.of(GroupSaAttribute.keyLifetime(Math.max(1, left.toSeconds()))));
  }
}
