package io.gkm.group;

/** What this host does in a group: the directions it may have data SAs in (RFC 9838, 2.3.3). */
public enum Role {
  /** Sends only: SAs are outbound, what arrives for the group stays blocked. */
  SENDER,
  /** Receives only: SAs are inbound, what local programs send to the group stays blocked. */
  RECEIVER,
  /** Sends and receives. */
  BOTH;

  /** Whether a member of this role sends to the group, and so announces GROUP_SENDER. */
  public boolean sends() {
    return this != RECEIVER;
  }

  /** Whether a member of this role takes the group's traffic in. */
  public boolean receives() {
    return this != SENDER;
  }
}
