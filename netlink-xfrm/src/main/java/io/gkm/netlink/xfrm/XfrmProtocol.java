package io.gkm.netlink.xfrm;

/** IP protocol numbers of what XFRM does. */
public final class XfrmProtocol {
  /** All of ESP, AH and IPComp, where a filter or a flush takes it. */
  public static final int ANY = 255;

  public static final int ESP = 50;
  public static final int AH = 51;
  public static final int COMP = 108;

  private XfrmProtocol() {}

  /** For people. */
  static String name(int protocol) {
    return switch (protocol) {
      case ESP -> "esp";
      case AH -> "ah";
      case COMP -> "comp";
      default -> Integer.toString(protocol);
    };
  }
}
