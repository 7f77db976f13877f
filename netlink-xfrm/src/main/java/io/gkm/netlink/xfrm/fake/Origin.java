package io.gkm.netlink.xfrm.fake;

/** Whose request it is that something happens for; events bear it in their header. */
record Origin(int portId, int sequence) {
  /** Nobody's: time has passed, or traffic has. */
  static final Origin KERNEL = new Origin(0, 0);
}
