package io.gkm.netlink.xfrm;

import java.util.Optional;

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

  /** Empty for a value that the header does not know. */
  static Optional<XfrmSaDirection> of(int value) {
    return value == 1 ? Optional.of(IN) : value == 2 ? Optional.of(OUT) : Optional.empty();
  }
}
