package io.gkm.netlink.route;

import io.gkm.netlink.NetlinkRequest;

/** A request that says what it is about where it is refused. */
sealed interface RouteRequest extends NetlinkRequest
    permits GetLink, DumpLinks, DumpAddresses, NewXfrmLink, DeleteLink, ChangeLink {
  /** NLM_F_EXCL: not where there is one already. */
  int F_EXCL = 0x200;

  /** NLM_F_CREATE: where there is none yet. */
  int F_CREATE = 0x400;

  /** What is asked, of what; for people. */
  String what();
}
