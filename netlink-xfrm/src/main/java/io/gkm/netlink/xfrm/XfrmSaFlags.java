package io.gkm.netlink.xfrm;

/** Flags of an SA: XFRM_STATE_* of struct xfrm_usersa_info, and XFRM_SA_XFLAG_*. */
public final class XfrmSaFlags {
  /** Do not copy ECN from the outer header. */
  public static final int NO_ECN = 1;

  /** Copy DSCP from the outer header when decrypting. */
  public static final int DECAP_DSCP = 2;

  /** Let outer packets be fragmented. */
  public static final int NO_PMTU_DISCOVERY = 4;

  /** For any destination (Mobile IPv6). */
  public static final int WILD_RECEIVE = 8;

  /** For ICMP errors about the traffic that the selector matches. */
  public static final int ICMP = 16;

  /** Leave the selector's family open. */
  public static final int UNSPECIFIED_FAMILY = 32;

  /** Pad AH to four octets on IPv6 too. */
  public static final int ALIGN4 = 64;

  /** Extended sequence numbers (RFC 4303, 2.2.1). */
  public static final int ESN = 128;

  /** Of the extra flags: do not copy DSCP to the outer header. */
  public static final int EXTRA_DONT_ENCAP_DSCP = 1;

  /** Of the extra flags: go on sending when the 32-bit sequence number has wrapped. */
  public static final int EXTRA_SEQUENCE_MAY_WRAP = 2;

  private XfrmSaFlags() {}
}
