package io.gkm.ike;

/**
 * How the two sides of an IKE SA prove who they are. They need not do it in the same way (RFC 7296
 * section 2.15).
 */
public sealed interface Authentication permits PreSharedKey, Credentials {
  /** Our side. */
  OwnCredential own();

  /** What we take of the peer. */
  PeerProof peer();

  /** Whether either side signs, so that hash algorithms are to be announced (RFC 7427). */
  default boolean usesSignatures() {
    return own().signs() || peer().signs();
  }
}
