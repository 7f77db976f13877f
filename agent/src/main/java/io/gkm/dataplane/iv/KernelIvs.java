package io.gkm.dataplane.iv;

/**
 * The IVs of one SA of the kernel: its sequence number, 32 bits without sign in the lower half, XOR
 * a mask that stays as long as the SA does (seqiv_aead_encrypt of crypto/seqiv.c; no group SA has
 * extended sequence numbers, RFC 9838 section 4.4.2.1.3). So the upper half of all of them is the
 * mask's, and no two of them are equal.
 *
 * @param mask 64 random bits
 */
public record KernelIvs(long mask) {
  private static final long LAST_SEQUENCE = 0xffffffffL;

  /**
   * The number of the packet that shows the IV: at the very end, so that its IV is not needed for
   * what is sent afterwards.
   */
  public static final long PROBE_SEQUENCE = LAST_SEQUENCE - 1;

  /** The number of a second packet that shows that the mask is the same for all. */
  public static final long CONFIRMATION_SEQUENCE = LAST_SEQUENCE;

  /**
   * How many packets may be sent: the numbers 1 to 2^32 - 3. The one before has no packet, and the
   * two behind were the probes': their IVs must not come again.
   */
  public static final long HARD_PACKETS = PROBE_SEQUENCE - 1;

  /** After how many packets the kernel announces the end: a sixteenth before it. */
  public static final long SOFT_PACKETS = HARD_PACKETS - HARD_PACKETS / 16;

  /** Bits that no sequence number reaches. */
  private static final int CONSTANT_BITS = 32;

  /** The IVs of an SA that has sent this one with this sequence number. */
  public static KernelIvs seen(long iv, long sequence) {
    return new KernelIvs(iv ^ checked(sequence));
  }

  /** The IV of the packet with this sequence number. */
  public long iv(long sequence) {
    return mask ^ checked(sequence);
  }

  /** Whether all of them begin with this Sender-ID. */
  public boolean carry(SenderId senderId) {
    return senderId.bits() <= CONSTANT_BITS && senderId.isIn(mask);
  }

  private static long checked(long sequence) {
    if (sequence < 0 || sequence > LAST_SEQUENCE) {
      throw new IllegalArgumentException("sequence number " + sequence);
    }
    return sequence;
  }

  @Override
  public String toString() {
    return String.format("%016x", mask);
  }
}
