package io.gkm.netlink.xfrm;

import java.util.Map;

/** Attribute types of NETLINK_XFRM (enum xfrm_attr_type_t in linux/xfrm.h). */
public final class XfrmAttributeType {
  public static final int ALG_AUTH = 1;
  public static final int ALG_CRYPT = 2;
  public static final int TMPL = 5;
  public static final int SA = 6;
  public static final int POLICY = 7;
  public static final int LTIME_VAL = 9;
  public static final int REPLAY_VAL = 10;
  public static final int SRCADDR = 13;
  public static final int LASTUSED = 15;
  public static final int POLICY_TYPE = 16;
  public static final int ALG_AEAD = 18;
  public static final int ALG_AUTH_TRUNC = 20;
  public static final int MARK = 21;
  public static final int REPLAY_ESN_VAL = 23;
  public static final int SA_EXTRA_FLAGS = 24;
  public static final int SET_MARK = 29;
  public static final int SET_MARK_MASK = 30;
  public static final int IF_ID = 31;
  public static final int SA_DIR = 33;

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(ALG_AUTH, "XFRMA_ALG_AUTH"),
          Map.entry(ALG_CRYPT, "XFRMA_ALG_CRYPT"),
          Map.entry(TMPL, "XFRMA_TMPL"),
          Map.entry(SA, "XFRMA_SA"),
          Map.entry(POLICY, "XFRMA_POLICY"),
          Map.entry(LTIME_VAL, "XFRMA_LTIME_VAL"),
          Map.entry(REPLAY_VAL, "XFRMA_REPLAY_VAL"),
          Map.entry(SRCADDR, "XFRMA_SRCADDR"),
          Map.entry(LASTUSED, "XFRMA_LASTUSED"),
          Map.entry(POLICY_TYPE, "XFRMA_POLICY_TYPE"),
          Map.entry(ALG_AEAD, "XFRMA_ALG_AEAD"),
          Map.entry(ALG_AUTH_TRUNC, "XFRMA_ALG_AUTH_TRUNC"),
          Map.entry(MARK, "XFRMA_MARK"),
          Map.entry(REPLAY_ESN_VAL, "XFRMA_REPLAY_ESN_VAL"),
          Map.entry(SA_EXTRA_FLAGS, "XFRMA_SA_EXTRA_FLAGS"),
          Map.entry(SET_MARK, "XFRMA_SET_MARK"),
          Map.entry(SET_MARK_MASK, "XFRMA_SET_MARK_MASK"),
          Map.entry(IF_ID, "XFRMA_IF_ID"),
          Map.entry(SA_DIR, "XFRMA_SA_DIR"));

  private XfrmAttributeType() {}

  /** The header's name, or the number where we have none. */
  public static String name(int type) {
    return NAMES.getOrDefault(type, "attribute " + type);
  }
}
