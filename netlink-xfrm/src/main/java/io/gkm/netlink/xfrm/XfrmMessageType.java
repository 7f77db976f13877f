package io.gkm.netlink.xfrm;

/** Message types of NETLINK_XFRM (enum in linux/xfrm.h). */
public final class XfrmMessageType {
  public static final int NEWSA = 0x10;
  public static final int DELSA = 0x11;
  public static final int GETSA = 0x12;
  public static final int NEWPOLICY = 0x13;
  public static final int DELPOLICY = 0x14;
  public static final int GETPOLICY = 0x15;
  public static final int ACQUIRE = 0x17;
  public static final int EXPIRE = 0x18;
  public static final int UPDPOLICY = 0x19;
  public static final int UPDSA = 0x1a;
  public static final int POLEXPIRE = 0x1b;
  public static final int FLUSHSA = 0x1c;
  public static final int FLUSHPOLICY = 0x1d;

  private XfrmMessageType() {}
}
