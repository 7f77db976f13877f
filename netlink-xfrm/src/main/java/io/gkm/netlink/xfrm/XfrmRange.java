package io.gkm.netlink.xfrm;

/** Refuses numbers that do not fit their field in the kernel's structs. */
final class XfrmRange {
  private XfrmRange() {}

  static void check(String what, int value, int max) {
    if (value < 0 || value > max) {
      throw new IllegalArgumentException(what + " " + value + ", 0 to " + max + " are right");
    }
  }
}
