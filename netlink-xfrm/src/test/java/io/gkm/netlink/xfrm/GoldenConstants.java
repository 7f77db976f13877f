package io.gkm.netlink.xfrm;

import java.util.HashMap;
import java.util.Map;

/** Our numbers under the header's names. */
final class GoldenConstants {
  /** Numbers for which the library has words in its Javadoc alone, and what means nothing. */
  private static final Map<String, Long> OF_THE_JAVADOC =
      Map.ofEntries(
          Map.entry("XFRM_POLICY_LOCALOK", 1L),
          Map.entry("XFRM_POLICY_ICMP", 2L),
          Map.entry("XFRM_POLICY_CPU_ACQUIRE", 4L),
          Map.entry("XFRM_SHARE_ANY", 0L),
          Map.entry("XFRM_SHARE_SESSION", 1L),
          Map.entry("XFRM_SHARE_USER", 2L),
          Map.entry("XFRM_SHARE_UNIQUE", 3L),
          Map.entry("XFRM_SC_ALG_RESERVED", 0L),
          Map.entry("XFRM_SC_ALG_SELINUX", 1L),
          Map.entry("XFRM_SC_DOI_RESERVED", 0L),
          Map.entry("XFRM_SC_DOI_LSM", 1L),
          // The kernel has no code for it.
          Map.entry("XFRM_OFFLOAD_IPV6", 1L),
          Map.entry("XFRMA_UNSPEC", 0L),
          Map.entry("XFRMA_SAD_UNSPEC", 0L),
          Map.entry("XFRMA_SPD_UNSPEC", 0L),
          Map.entry("XFRMNLGRP_NONE", 0L),
          Map.entry("XFRM_AE_UNSPEC", 0L));

  private GoldenConstants() {}

  static Map<String, Long> ours() {
    Map<String, Long> ours = new HashMap<>();
    for (XfrmMessageType type : XfrmMessageType.values()) {
      ours.put(type.headerName(), (long) type.number());
    }
    for (XfrmGroup group : XfrmGroup.values()) {
      ours.put("XFRMNLGRP_" + group.name(), (long) group.number());
    }
    for (XfrmDirection direction : XfrmDirection.values()) {
      ours.put("XFRM_POLICY_" + direction.name(), (long) direction.value());
    }
    for (XfrmAction action : XfrmAction.values()) {
      ours.put("XFRM_POLICY_" + action.name(), (long) action.value());
    }
    for (XfrmSaDirection direction : XfrmSaDirection.values()) {
      ours.put("XFRM_SA_DIR_" + direction.name(), (long) direction.value());
    }
    for (XfrmPolicyType type : XfrmPolicyType.values()) {
      ours.put("XFRM_POLICY_TYPE_" + type.name(), (long) type.value());
    }
    ours.put("XFRM_USERPOLICY_UNSPEC", verdict(XfrmDefaults.Verdict.UNSPECIFIED));
    ours.put("XFRM_USERPOLICY_BLOCK", verdict(XfrmDefaults.Verdict.BLOCK));
    ours.put("XFRM_USERPOLICY_ACCEPT", verdict(XfrmDefaults.Verdict.ACCEPT));
    ours.put("XFRM_MODE_TRANSPORT", (long) XfrmMode.TRANSPORT);
    ours.put("XFRM_MODE_TUNNEL", (long) XfrmMode.TUNNEL);
    ours.put("XFRM_MODE_ROUTEOPTIMIZATION", (long) XfrmMode.ROUTE_OPTIMIZATION);
    ours.put("XFRM_MODE_IN_TRIGGER", (long) XfrmMode.IN_TRIGGER);
    ours.put("XFRM_MODE_BEET", (long) XfrmMode.BEET);
    ours.put("XFRM_MODE_IPTFS", (long) XfrmMode.IPTFS);
    ours.put("XFRM_STATE_NOECN", (long) XfrmSaFlags.NO_ECN);
    ours.put("XFRM_STATE_DECAP_DSCP", (long) XfrmSaFlags.DECAP_DSCP);
    ours.put("XFRM_STATE_NOPMTUDISC", (long) XfrmSaFlags.NO_PMTU_DISCOVERY);
    ours.put("XFRM_STATE_WILDRECV", (long) XfrmSaFlags.WILD_RECEIVE);
    ours.put("XFRM_STATE_ICMP", (long) XfrmSaFlags.ICMP);
    ours.put("XFRM_STATE_AF_UNSPEC", (long) XfrmSaFlags.UNSPECIFIED_FAMILY);
    ours.put("XFRM_STATE_ALIGN4", (long) XfrmSaFlags.ALIGN4);
    ours.put("XFRM_STATE_ESN", (long) XfrmSaFlags.ESN);
    ours.put("XFRM_SA_XFLAG_DONT_ENCAP_DSCP", (long) XfrmSaFlags.EXTRA_DONT_ENCAP_DSCP);
    ours.put("XFRM_SA_XFLAG_OSEQ_MAY_WRAP", (long) XfrmSaFlags.EXTRA_SEQUENCE_MAY_WRAP);
    ours.put("XFRM_AE_RTHR", (long) XfrmAe.REPLAY_THRESHOLD);
    ours.put("XFRM_AE_RVAL", (long) XfrmAe.REPLAY_VALUE);
    ours.put("XFRM_AE_LVAL", (long) XfrmAe.LIFETIME_VALUE);
    ours.put("XFRM_AE_ETHR", (long) XfrmAe.TIMER_THRESHOLD);
    ours.put("XFRM_AE_CR", (long) XfrmAe.CAUSE_REPLAY);
    ours.put("XFRM_AE_CE", (long) XfrmAe.CAUSE_TIMER);
    ours.put("XFRM_AE_CU", (long) XfrmAe.CAUSE_UPDATE);
    ours.put("XFRM_OFFLOAD_INBOUND", (long) XfrmOffload.INBOUND);
    ours.put("XFRM_OFFLOAD_PACKET", (long) XfrmOffload.PACKET);
    ours.put("XFRM_INF", XfrmLifetime.INFINITE);
    ours.put("XFRM_MIGRATE_STATE_CLEAR_OFFLOAD", (long) XfrmMigrateState.CLEAR_OFFLOAD);
    ours.put("XFRM_MIGRATE_STATE_UPDATE_H2H_SEL", (long) XfrmMigrateState.UPDATE_SELECTOR);
    ours.put("XFRMA_PAD", (long) XfrmAttributeType.PAD);
    ours.put("XFRMA_OUTPUT_MARK", (long) XfrmAttributeType.SET_MARK.number());
    ours.put("XFRMA_REPLAY_ESN_MAX", (long) XfrmReplayEsn.MAX_WINDOW);
    ours.putAll(OF_THE_JAVADOC);
    return ours;
  }

  /** Our numbers that end a list of the header, which grows with the kernel. */
  static Map<String, Long> maxima() {
    XfrmMessageType[] messages = XfrmMessageType.values();
    return Map.of(
        "XFRM_MSG_MAX",
        (long) messages[messages.length - 1].number(),
        "XFRM_NR_MSGTYPES",
        (long) messages.length,
        // All but the filler XFRMA_PAD, from 1 on.
        "XFRMA_MAX",
        (long) XfrmAttributeType.values().length + 1,
        "XFRMA_SAD_MAX",
        2L,
        "XFRMA_SPD_MAX",
        4L,
        "XFRMNLGRP_MAX",
        (long) XfrmGroup.values().length,
        "XFRM_MODE_MAX",
        XfrmMode.IPTFS + 1L,
        "XFRM_POLICY_MAX",
        (long) XfrmDirection.values().length,
        // XFRM_POLICY_TYPE_ANY is beside the list.
        "XFRM_POLICY_TYPE_MAX",
        XfrmPolicyType.SUB.value() + 1L,
        // One more than the last bit.
        "XFRM_AE_MAX",
        (long) XfrmAe.CAUSE_UPDATE);
  }

  private static long verdict(XfrmDefaults.Verdict verdict) {
    return verdict.value();
  }
}
