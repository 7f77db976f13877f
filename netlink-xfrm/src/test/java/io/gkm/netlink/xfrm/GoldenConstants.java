package io.gkm.netlink.xfrm;

import java.util.HashMap;
import java.util.Map;

/** Our numbers under the header's names. */
final class GoldenConstants {
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
    return ours;
  }

  private static long verdict(XfrmDefaults.Verdict verdict) {
    return verdict.value();
  }
}
