package io.gkm.ike;

import java.security.SecureRandom;
import java.util.Random;

/** Reproducible "randomness": the same octets for the same seed. */
final class Deterministic extends SecureRandom {
  private final transient Random random;

  Deterministic(long seed) {
    random = new Random(seed);
  }

  @Override
  public void nextBytes(byte[] octets) {
    random.nextBytes(octets);
  }
}
