package io.gkm.lab;

import java.security.SecureRandom;
import java.util.Random;

/** Not secure at all: the same octets in every run with the same seed. */
public final class SeededRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;

  private final Random source;

  public SeededRandom(long seed) {
    source = new Random(seed);
  }

  @Override
  public void nextBytes(byte[] octets) {
    source.nextBytes(octets);
  }
}
