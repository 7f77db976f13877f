package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;

/** Takes the objects of a dump one by one as they come. */
public interface XfrmVisitor<T> {
  /** The next object. */
  void visit(T object);

  /** The objects changed during the dump, so it begins anew: forget those that came. */
  void restarted();

  /** An object that could not be read, such as one of a much newer kernel; the rest still comes. */
  void unreadable(NetlinkCodecException why);
}
