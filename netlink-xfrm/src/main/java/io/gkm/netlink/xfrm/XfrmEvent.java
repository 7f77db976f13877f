package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkException;
import java.net.InetAddress;

/** Something that happened in the kernel's IPsec databases. */
public sealed interface XfrmEvent {
  /**
   * An SA reached a limit (XFRM_MSG_EXPIRE).
   *
   * @param hard it is gone; else it is time to replace it
   */
  record SaExpired(XfrmSaId id, int reqid, boolean hard) implements XfrmEvent {}

  /** A policy wants an SA that is not there (XFRM_MSG_ACQUIRE). */
  record Acquire(XfrmSelector flow, InetAddress destination, int protocol) implements XfrmEvent {}

  /** SAs were added, changed, deleted or flushed by somebody. */
  record SasChanged(int messageType) implements XfrmEvent {}

  /** Policies were added, changed, deleted or flushed by somebody. */
  record PoliciesChanged(int messageType) implements XfrmEvent {}

  /** Events were lost or could not be read: read the databases anew. */
  record ResyncNeeded(String why) implements XfrmEvent {}

  /** No more events come. */
  record Stopped(NetlinkException why) implements XfrmEvent {}
}
