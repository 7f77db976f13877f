package io.gkm.dataplane;

import java.net.InetAddress;
import java.util.List;

/**
 * An XFRM policy. Its priority says what it is for and that it is ours: no one else is likely to
 * use these very numbers. Lower goes first, and they are ahead of what IKE daemons use.
 *
 * @param block action block; otherwise allow, which without templates means in clear
 */
record KernelPolicy(PolicyKey key, int priority, boolean block, List<Template> templates) {
  /** Lets membership reports pass. */
  static final int BYPASS_PRIORITY = 26443;

  /** Asks for an SA. */
  static final int PROTECT_PRIORITY = 26444;

  /** Blocks a group's traffic that no SA protects. */
  static final int GUARD_PRIORITY = 26445;

  KernelPolicy {
    templates = List.copyOf(templates);
  }

  static KernelPolicy bypass(PolicyKey key) {
    return new KernelPolicy(key, BYPASS_PRIORITY, false, List.of());
  }

  static KernelPolicy guard(PolicyKey key) {
    return new KernelPolicy(key, GUARD_PRIORITY, true, List.of());
  }

  /**
   * Traffic to {@code group} in transport mode, with the SAs of {@code reqid} or any (0).
   *
   * @param protocol IP protocol: 50 ESP, 51 AH
   */
  static KernelPolicy protect(PolicyKey key, InetAddress group, int protocol, int reqid) {
    return new KernelPolicy(
        key, PROTECT_PRIORITY, false, List.of(new Template(group, protocol, reqid, true, true)));
  }

  /** Whether a gkm installed it: this one or an earlier one. */
  boolean hasOurMark() {
    return priority >= BYPASS_PRIORITY && priority <= GUARD_PRIORITY;
  }

  /** Whether a packet it is found for may pass in clear. */
  boolean passesClear() {
    return !block && templates.stream().noneMatch(Template::required);
  }
}
