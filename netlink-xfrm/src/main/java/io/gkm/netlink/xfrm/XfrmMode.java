package io.gkm.netlink.xfrm;

/** Modes of SAs and templates (XFRM_MODE_* of linux/xfrm.h). */
public final class XfrmMode {
  public static final int TRANSPORT = 0;
  public static final int TUNNEL = 1;
  public static final int BEET = 4;
  public static final int IPTFS = 5;

  private XfrmMode() {}
}
