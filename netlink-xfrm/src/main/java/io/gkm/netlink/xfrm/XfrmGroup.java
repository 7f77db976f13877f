package io.gkm.netlink.xfrm;

/** Multicast groups of NETLINK_XFRM (XFRMNLGRP_* of linux/xfrm.h), in the order of the header. */
public enum XfrmGroup {
  /** A policy wants an SA. */
  ACQUIRE(1),
  /** SAs and policies reach limits. */
  EXPIRE(2),
  /** SAs are added, changed, removed. */
  SA(3),
  /** Policies are added, changed, removed. */
  POLICY(4),
  /** Sequence numbers and counters have moved. */
  AEVENTS(5),
  /** Packets of Mobile IPv6 were refused. */
  REPORT(6),
  /** Policies and SAs move to other addresses. */
  MIGRATE(7),
  /** A peer behind a NAT has another address or port. */
  MAPPING(8);

  private final int number;

  XfrmGroup(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
