package io.gkm.netlink.xfrm;

/** The one direction that an SA is restricted to (XFRM_SA_DIR_*, since Linux 6.10). */
public enum XfrmSaDirection {
  IN(1),
  OUT(2);

  private final int value;

  XfrmSaDirection(int value) {
    this.value = value;
  }

  int value() {
    return value;
  }
}
