package io.gkm.ike.wire;

/** Attributes of a group key bag (RFC 9838 section 4.5.2); TLV form. */
public final class GroupKeyBagAttributeType {
  public static final int SA_KEY = 1;

  private GroupKeyBagAttributeType() {}

  /**
   * The registered name of a number, or {@code group key bag attribute(number)} for one this
   * program does not know.
   */
  public static String name(int number) {
    return switch (number) {
      case SA_KEY -> "SA_KEY";
      default -> "group key bag attribute(" + number + ")";
    };
  }
}
