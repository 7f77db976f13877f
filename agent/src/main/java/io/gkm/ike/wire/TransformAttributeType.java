package io.gkm.ike.wire;

/**
 * Transform attribute types (RFC 7296 section 3.3.5; the signature algorithm identifier: RFC 9838
 * section 4.4.2.1.1).
 */
public final class TransformAttributeType {
  public static final int KEY_LENGTH = 14;
  public static final int SIGNATURE_ALGORITHM_IDENTIFIER = 18;

  private TransformAttributeType() {}

  /**
   * The registered name of a number, or {@code transform attribute(number)} for one this program
   * does not know.
   */
  public static String name(int number) {
    return switch (number) {
      case KEY_LENGTH -> "KEY_LENGTH";
      case SIGNATURE_ALGORITHM_IDENTIFIER -> "SIGNATURE_ALGORITHM_IDENTIFIER";
      default -> "transform attribute(" + number + ")";
    };
  }
}
