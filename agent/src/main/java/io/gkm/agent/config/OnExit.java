package io.gkm.agent.config;

/** What stays in the kernel when the daemon ends on request. */
public enum OnExit {
  /** The guards: the groups' traffic is blocked until the next start, or {@code gkm clean}. */
  GUARD,
  /** Nothing: the groups' traffic is any traffic. */
  CLEAN
}
