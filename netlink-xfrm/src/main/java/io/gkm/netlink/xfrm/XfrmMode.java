package io.gkm.netlink.xfrm;

/** Modes of SAs and templates (XFRM_MODE_* of linux/xfrm.h). */
public final class XfrmMode {
  public static final int TRANSPORT = 0;
  public static final int TUNNEL = 1;

  /** Route optimization of Mobile IPv6. */
  public static final int ROUTE_OPTIMIZATION = 2;

  /** Inbound trigger of Mobile IPv6. */
  public static final int IN_TRIGGER = 3;

  /** Bound end-to-end tunnel. */
  public static final int BEET = 4;

  /** IP-TFS (RFC 9347), since Linux 6.14. */
  public static final int IPTFS = 5;

  private XfrmMode() {}
}
