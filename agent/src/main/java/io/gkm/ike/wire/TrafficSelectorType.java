package io.gkm.ike.wire;

/** Traffic selector types (RFC 7296 section 3.13.1). */
public final class TrafficSelectorType {
  public static final int TS_IPV4_ADDR_RANGE = 7;
  public static final int TS_IPV6_ADDR_RANGE = 8;

  private TrafficSelectorType() {}

  /**
   * The registered name of a number, or {@code traffic selector(number)} for one this program does
   * not know.
   */
  public static String name(int number) {
    return switch (number) {
      case TS_IPV4_ADDR_RANGE -> "TS_IPV4_ADDR_RANGE";
      case TS_IPV6_ADDR_RANGE -> "TS_IPV6_ADDR_RANGE";
      default -> "traffic selector(" + number + ")";
    };
  }
}
