package io.gkm.agent;

import io.gkm.dataplane.DataPlane;
import io.gkm.dataplane.XfrmDataPlane;

/** Opens this host's XFRM. */
final class KernelOpener {
  private KernelOpener() {}

  static DataPlane open() {
    return XfrmDataPlane.open();
  }
}
