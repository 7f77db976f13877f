package io.gkm.lab.controller;

import io.gkm.ike.ProtectedSa;

/**
 * Our end of one IKE SA with a member, which a rekey replaces by another.
 *
 * @param theirs the member's requests
 * @param ours the key server's requests
 */
record SaEnd(ProtectedSa sa, ResponderSa theirs, ServerRequests ours) {
  /**
   * Owns {@code sa}.
   *
   * @param firstId message id of the member's first protected request: 1 after IKE_SA_INIT, 0 after
   *     a rekey
   */
  static SaEnd of(ProtectedSa sa, long firstId) {
    return new SaEnd(sa, new ResponderSa(sa, firstId), new ServerRequests(sa));
  }
}
