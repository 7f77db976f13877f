package io.gkm.dataplane.iv;

/**
 * What tells one sender's IVs from another's (RFC 6054 section 3; RFC 9838 section 2.5.2): the most
 * significant bits of the IV, the number right-aligned in them.
 *
 * @param value the key server's number, without sign
 * @param bits how many bits it takes, {@code GWP_SENDER_ID_BITS}: 1 to 64
 */
public record SenderId(long value, int bits) {
  /** Bits of the IV of every counter mode in ESP and AH. */
  public static final int IV_BITS = Long.SIZE;

  /**
   * The most bits that are drawn for: RFC 6054 knows 8, 12 and 16, and each further one doubles the
   * number of tries.
   */
  public static final int MOST_DRAWN_BITS = 16;

  public SenderId {
    if (bits < 1 || bits > IV_BITS) {
      throw new IllegalArgumentException("a Sender-ID of " + bits + " bits in an IV of 64");
    }
    if (bits < IV_BITS && value >>> bits != 0) {
      throw new IllegalArgumentException(
          "Sender-ID " + Long.toUnsignedString(value) + " does not fit " + bits + " bits");
    }
  }

  /** The one that this IV has. */
  public static SenderId of(long iv, int bits) {
    return new SenderId(iv >>> (IV_BITS - bits), bits);
  }

  /** Whether this IV, its first octet the most significant, is one of this sender's. */
  public boolean isIn(long iv) {
    return iv >>> (IV_BITS - bits) == value;
  }

  /** How many SAs are added until one has it, on average. */
  public double expectedTries() {
    return Math.scalb(1.0, bits);
  }

  /** Whether the drawing of it ends within a time that anybody would wait. */
  public boolean canBeDrawn() {
    return bits <= MOST_DRAWN_BITS;
  }

  @Override
  public String toString() {
    return Long.toUnsignedString(value) + " (" + bits + " bits)";
  }
}
