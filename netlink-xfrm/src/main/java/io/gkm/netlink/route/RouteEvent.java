package io.gkm.netlink.route;

import io.gkm.netlink.NetlinkException;

/** Something that happened to links or addresses, or to the events themselves. */
public sealed interface RouteEvent {
  /** A link is new, or something of it is: its name, flags or MTU. */
  record LinkChanged(Link link) implements RouteEvent {}

  /** A link is gone, and its addresses with it. */
  record LinkRemoved(Link link) implements RouteEvent {}

  /** An address is new, or its flags are. */
  record AddressChanged(LinkAddress address) implements RouteEvent {}

  record AddressRemoved(LinkAddress address) implements RouteEvent {}

  /**
   * Events were lost or could not be read: list links and addresses anew.
   *
   * @param why for people
   */
  record ResyncNeeded(String why) implements RouteEvent {}

  /**
   * No more events come, without anybody having closed them.
   *
   * @param why the way to the kernel failed; or the listener did, which is the cause then
   */
  record Stopped(NetlinkException why) implements RouteEvent {}
}
