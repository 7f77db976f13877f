package io.gkm.ike.wire;

import java.util.Arrays;
import java.util.Random;

/** Damage done to octets, one kind after the other or by a seed. */
final class Mutations {
  private static final int[] LENGTHS = {0, 1, 3, 4, 5, 8, 0x7fff, 0x8000, 0xffff};

  private Mutations() {}

  /** Takes damaged octets. */
  @FunctionalInterface
  interface Sink {
    void accept(byte[] damaged, String what);
  }

  /** Every truncation, bit flip, inserted octet, removed octet and overwritten 16-bit field. */
  static void each(byte[] valid, Sink sink) {
    for (int at = 0; at < valid.length; at++) {
      sink.accept(Arrays.copyOf(valid, at), "truncated to " + at);
      sink.accept(replace(valid, at, 1), "without octet " + at);
      for (int bit = 0; bit < 8; bit++) {
        byte[] flipped = valid.clone();
        flipped[at] ^= (byte) (1 << bit);
        sink.accept(flipped, "bit " + bit + " of octet " + at + " flipped");
      }
      for (int inserted : new int[] {0, 1, 0xff}) {
        sink.accept(replace(valid, at, 0, inserted), inserted + " inserted at " + at);
      }
      if (at + 2 <= valid.length) {
        for (int length : LENGTHS) {
          sink.accept(replace(valid, at, 2, length >>> 8, length), length + " as 16 bits at " + at);
        }
      }
    }
    sink.accept(replace(valid, valid.length, 0, 0), "an octet appended");
  }

  /** Two to five of these at random places. */
  static byte[] several(byte[] valid, Random random) {
    byte[] damaged = valid;
    for (int i = 2 + random.nextInt(4); i > 0 && damaged.length > 2; i--) {
      int at = random.nextInt(damaged.length - 1);
      int length = LENGTHS[random.nextInt(LENGTHS.length)];
      damaged =
          switch (random.nextInt(4)) {
            case 0 -> replace(damaged, at, 1, random.nextInt(256));
            case 1 -> replace(damaged, at, 0, random.nextInt(256));
            case 2 -> replace(damaged, at, 1);
            default -> replace(damaged, at, 2, length >>> 8, length);
          };
    }
    return damaged;
  }

  private static byte[] replace(byte[] octets, int at, int removed, int... inserted) {
    ByteWriter out = new ByteWriter().bytes(Arrays.copyOf(octets, at));
    for (int octet : inserted) {
      out.u8(octet & 0xff);
    }
    return out.bytes(Arrays.copyOfRange(octets, at + removed, octets.length)).toByteArray();
  }
}
