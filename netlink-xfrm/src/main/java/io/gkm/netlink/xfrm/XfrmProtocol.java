package io.gkm.netlink.xfrm;

/** IP protocol numbers of IPsec. */
public final class XfrmProtocol {
  public static final int ESP = 50;
  public static final int AH = 51;

  private XfrmProtocol() {}
}
