package io.gkm.netlink.xfrm;

/** What a kernel may or may not do with SAs and policies; each with the Linux that brought it. */
public enum XfrmCapability {
  /** ESP over IPv4 (module esp4). */
  ESP_IPV4,
  /** ESP over IPv6 (module esp6). */
  ESP_IPV6,
  /** AH over IPv4 (module ah4). */
  AH_IPV4,
  /** AH over IPv6 (module ah6). */
  AH_IPV6,
  /** IPComp over IPv4 (module ipcomp). */
  COMP_IPV4,
  /** IPComp over IPv6 (module ipcomp6). */
  COMP_IPV6,
  /** Tunnel mode. */
  TUNNEL,
  /** BEET mode, since 2.6.19. */
  BEET,
  /** IP-TFS mode (RFC 9347), since 6.14. */
  IPTFS,
  /** Extended sequence numbers, since 2.6.39. */
  ESN,
  /** A replay window of 4096 packets, since 3.0. */
  LARGE_REPLAY_WINDOW,
  /** Marks to look for, since 2.6.34. */
  MARK,
  /** A mark put on packets with a mask, since 4.19. */
  OUTPUT_MARK,
  /** SAs and policies of an xfrm interface, since 4.19. */
  INTERFACE_ID,
  /** XFRMA_SA_EXTRA_FLAGS, since 3.10. */
  EXTRA_FLAGS,
  /** Padding against the analysis of traffic, since 2.6.38. */
  TFC_PADDING,
  /** ESP in UDP (RFC 3948). */
  UDP_ENCAPSULATION,
  /** SAs of one direction, since 6.10. */
  SA_DIRECTION,
  /** Keepalives through a NAT, since 6.11. */
  NAT_KEEPALIVE,
  /** SAs of one CPU, since 6.13. */
  PER_CPU_SA,
  /** Dumps of SAs by address and protocol, since 3.15. */
  DUMP_FILTER,
  /** What happens to traffic that no policy matches can be set, since 5.15. */
  DEFAULT_POLICY,
  /** A second policy database (CONFIG_XFRM_SUB_POLICY). */
  SUB_POLICY,
  /** Thresholds of the policies' hash tables, since 3.18. */
  POLICY_HASH_THRESHOLDS,
  /** Policies and SAs can move to other addresses (CONFIG_XFRM_MIGRATE). */
  MIGRATE,
  /** One SA can move to other addresses, since 7.2 (CONFIG_XFRM_MIGRATE). */
  MIGRATE_STATE
}
