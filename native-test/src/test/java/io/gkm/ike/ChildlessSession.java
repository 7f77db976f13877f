package io.gkm.ike;

import java.security.SecureRandom;
import java.util.List;

/** The member's IKE engine against peers that know no groups. */
public final class ChildlessSession {
  private ChildlessSession() {}

  /** A session that does IKE_AUTH without Child SA; its proposals need no key wrap algorithm. */
  public static IkeSession of(IkeSettings settings, SecureRandom random) {
    return new IkeSession(
        settings, init -> ChildlessAuthExchange.of(settings, init, random), random);
  }

  /** Asks whether the peer is alive, as a member does that depends on its IKE SA. */
  public static List<IkeEffect> askWhetherAlive(IkeSession session, Moment now) {
    return session.wish(now, new LivenessExchange());
  }
}
