package io.gkm.ike;

import io.gkm.ike.IkeEffect.Send;
import java.util.Optional;

/**
 * The way to the peer: which addresses and ports, whether a NAT is on it, and the keepalives it
 * then needs (RFC 7296 section 2.23).
 */
final class Connection {
  private final Keepalive keepalive = new Keepalive();
  private UdpPath path;
  private NatStatus nat = NatStatus.UNKNOWN;

  Connection(UdpPath path) {
    this.path = path;
  }

  UdpPath path() {
    return path;
  }

  NatStatus nat() {
    return nat;
  }

  /** The datagram with this IKE message. */
  Send send(Moment now, byte[] message) {
    keepalive.sent(now);
    return new Send(path, UdpFraming.datagram(path, message));
  }

  /** The datagram that answers a request which came over {@code from}: it goes back there. */
  Send reply(Moment now, UdpPath from, byte[] message) {
    keepalive.sent(now);
    return new Send(from, UdpFraming.datagram(from, message));
  }

  /** What NAT detection found: with a NAT in the way everything moves to port 4500 from now on. */
  void found(Moment now, NatStatus status) {
    nat = status;
    if (status.found() && !path.hasNonEspMarker()) {
      path = path.floated();
    }
    if (status.localBehindNat()) {
      keepalive.start(now);
    }
  }

  /**
   * A new message of the authenticated peer came over {@code from}. If only the peer is behind a
   * NAT, its address may have changed there: follow it. If we are behind one we must not (section
   * 2.23): whoever can send from elsewhere could lead us astray.
   */
  void authenticated(UdpPath from) {
    if (nat.remoteBehindNat() && !nat.localBehindNat() && from.local().equals(path.local())) {
      path = from;
    }
  }

  Optional<Moment> deadline() {
    return keepalive.deadline();
  }

  /** The keepalive that is due, if one is. */
  Optional<Send> tick(Moment now) {
    if (!keepalive.isDue(now)) {
      return Optional.empty();
    }
    keepalive.sent(now);
    return Optional.of(new Send(path, Keepalive.datagram()));
  }
}
