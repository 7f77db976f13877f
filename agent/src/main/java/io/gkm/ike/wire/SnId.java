package io.gkm.ike.wire;

/**
 * Sequence number properties, transform type 5 (RFC 9827; the unspecified numbers of multi- sender
 * group SAs: RFC 9838 section 2.6).
 */
public final class SnId {
  public static final int SEQUENTIAL_32 = 0;
  public static final int PARTIAL_64 = 1;
  public static final int UNSPECIFIED_32 = 2;

  private SnId() {}

  /** The registered name of a number, or {@code SN(number)} for one this program does not know. */
  public static String name(int number) {
    return switch (number) {
      case SEQUENTIAL_32 -> "SEQUENTIAL_32";
      case PARTIAL_64 -> "PARTIAL_64";
      case UNSPECIFIED_32 -> "UNSPECIFIED_32";
      default -> "SN(" + number + ")";
    };
  }
}
