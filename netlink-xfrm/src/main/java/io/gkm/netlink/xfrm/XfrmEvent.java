package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkException;

/**
 * Something that happened in the kernel's IPsec databases: the {@link XfrmMessage} of it, such as
 * {@link XfrmExpire}, {@link XfrmAcquire}, {@link XfrmNewSa}, {@link XfrmDeletePolicy} or {@link
 * XfrmFlushSas}, or something about the events themselves.
 */
public sealed interface XfrmEvent permits XfrmMessage, XfrmEvent.ResyncNeeded, XfrmEvent.Stopped {
  /**
   * Events were lost or could not be read: read the databases anew.
   *
   * @param why for people
   */
  record ResyncNeeded(String why) implements XfrmEvent {}

  /**
   * No more events come, without anybody having closed them.
   *
   * @param why the way to the kernel failed; or the listener did, which is the cause then
   */
  record Stopped(NetlinkException why) implements XfrmEvent {}
}
