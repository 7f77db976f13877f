package io.gkm.dataplane.iv;

import io.gkm.netlink.NetlinkException;
import java.util.Optional;

/** Sends a packet through the SA that is tried and looks at it. */
interface Probe {
  /**
   * The packet as the SA has made it; empty when none came, so that the SA is not to be trusted.
   *
   * @param sequence what its sequence number is to be
   */
  Optional<ProbePacket> send(long sequence) throws NetlinkException;

  /** Why the last one did not come, for people. */
  String trouble();
}
