package io.gkm.group;

import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;

/**
 * In which directions a data SA is used here (RFC 9838, 2.3.3): inbound unless we are its sender,
 * outbound only when we are one and the kernel can do it safely.
 *
 * @param limit what cannot be done although policy and role ask for it, and why
 */
record Directions(boolean inbound, boolean outbound, Optional<String> limit) {

  /**
   * @param ours the addresses of the group's interface
   */
  static Directions of(AcceptedPolicy policy, Role role, Set<InetAddress> ours) {
    if (!policy.source().isSingleAddress()) {
      return sharedSa(policy, role);
    }
    InetAddress sender = policy.source().startInetAddress();
    if (role.sends() && ours.contains(sender)) {
      Directions shared = sharedSa(policy, role);
      return new Directions(false, shared.outbound(), shared.limit());
    }
    if (role.receives()) {
      return new Directions(true, false, Optional.empty());
    }
    return new Directions(
        false,
        false,
        Optional.of(
            policy.name()
                + " is for the sender "
                + sender.getHostAddress()
                + ", which is not an address of this host's interface; a host with role \"sender\""
                + " has no use for it"));
  }

  /**
   * An SA we may send with, and others too unless it has one sender. The kernel makes a counter
   * mode's IVs itself and has no place for a Sender-ID, so two senders would use one IV with one
   * key (RFC 6054).
   */
  private static Directions sharedSa(AcceptedPolicy policy, Role role) {
    boolean ivsMayRepeat = policy.isMultiSender() && policy.suite().counterMode();
    if (role.sends() && ivsMayRepeat) {
      return new Directions(
          role.receives(),
          false,
          Optional.of(
              policy.name()
                  + " ("
                  + policy.suite().name()
                  + ") has several senders: this host cannot place its Sender-ID in the IV yet, so"
                  + " it does not send with it"));
    }
    return new Directions(role.receives(), role.sends(), Optional.empty());
  }
}
