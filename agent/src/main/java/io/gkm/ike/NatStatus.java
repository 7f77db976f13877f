package io.gkm.ike;

/**
 * What NAT detection found between us and the key server (RFC 7296 section 2.23).
 *
 * @param supported the peer takes part in NAT detection
 * @param localBehindNat our address is translated on the way: we send keepalives
 * @param remoteBehindNat the peer's address is translated on the way
 */
public record NatStatus(boolean supported, boolean localBehindNat, boolean remoteBehindNat) {
  /** Before the answer, or from a peer without NAT detection. */
  public static final NatStatus UNKNOWN = new NatStatus(false, false, false);

  /** A NAT is in the way: messages move to port 4500. */
  public boolean found() {
    return localBehindNat || remoteBehindNat;
  }
}
