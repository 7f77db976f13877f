package io.gkm.group;

/** Where a membership stands. */
public enum GroupPhase {
  /** No keys; waiting for the next attempt. */
  WAITING,
  /** No keys; registration under way. */
  REGISTERING,
  /** Keys accepted. */
  REGISTERED,
  /** Keys still valid; registering again under way. */
  RENEWING,
  /** Keys still valid, but registering again failed; waiting for the next attempt. */
  RETRYING,
  /** Left at shutdown. */
  LEFT
}
