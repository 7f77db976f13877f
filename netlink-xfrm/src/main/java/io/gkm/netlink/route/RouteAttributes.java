package io.gkm.netlink.route;

import io.gkm.netlink.StructWriter;
import java.nio.charset.StandardCharsets;

/** Writes attributes of one value. */
final class RouteAttributes {
  private static final int MAX_NAME = 15;

  private RouteAttributes() {}

  static void u32(StructWriter out, int type, long value) {
    int start = out.beginAttribute(type);
    out.u32(value).endAttribute(start);
  }

  /** A string with the zero that ends it. */
  static void text(StructWriter out, int type, String text) {
    int start = out.beginAttribute(type);
    out.text(text).u8(0).endAttribute(start);
  }

  /**
   * The name of a link, checked as the kernel does: 1 to 15 octets, no slash, colon or white space.
   *
   * @throws IllegalArgumentException where it is none
   */
  static String linkName(String name) {
    boolean fits =
        !name.isEmpty()
            && name.length() <= MAX_NAME
            && StandardCharsets.ISO_8859_1.newEncoder().canEncode(name);
    if (!fits
        || name.equals(".")
        || name.equals("..")
        || name.chars().anyMatch(c -> c == '/' || c == ':' || c == 0 || Character.isSpaceChar(c))
        || name.chars().anyMatch(c -> c >= '\t' && c <= '\r')) {
      throw new IllegalArgumentException("'" + name + "' is no name of a link");
    }
    return name;
  }
}
