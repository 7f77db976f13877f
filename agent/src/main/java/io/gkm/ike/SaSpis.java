package io.gkm.ike;

import io.gkm.ike.wire.ByteWriter;
import io.gkm.ike.wire.Octets;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * What identifies an IKE SA: 8 octets of each end, as the bits of a {@code long}.
 *
 * @param initiator the original initiator's SPI
 * @param responder the original responder's SPI
 */
public record SaSpis(long initiator, long responder) {
  /** A new SPI: random, not 0. */
  static long fresh(SecureRandom random) {
    long spi = 0;
    while (spi == 0) {
      spi = random.nextLong();
    }
    return spi;
  }

  /** An SPI as it stands in a proposal. */
  static Octets octets(long spi) {
    return new ByteWriter().u64(spi).toOctets();
  }

  /** The SPI of a proposal, which has 8 octets. */
  static long spi(Octets octets) {
    return ByteBuffer.wrap(octets.toByteArray()).getLong();
  }

  @Override
  public String toString() {
    return "%016x/%016x".formatted(initiator, responder);
  }
}
