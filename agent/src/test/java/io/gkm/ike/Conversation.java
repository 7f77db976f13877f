package io.gkm.ike;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.ike.IkeEffect.Ignored;
import io.gkm.ike.IkeEffect.Send;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.IkeSuite;
import io.gkm.ike.wire.WireException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A session and its test peer, with the last effects and a clock that the test moves. */
final class Conversation {
  static final IkeSuite GCM = new IkeSuite(20, 256, 5, 0, 31, 3);

  final IkeSession session;
  final ResponderTestPeer peer;
  UdpPath path = Samples.PATH;
  Moment now = new Moment(Long.MAX_VALUE - 1_000_000_000L); // wraps around during the tests
  List<IkeEffect> effects = List.of();

  Conversation() {
    this(GCM);
  }

  Conversation(IkeSuite suite) {
    this(Samples.settings(), new ResponderTestPeer(suite, new Deterministic(2)));
  }

  Conversation(IkeSettings settings, ResponderTestPeer peer) {
    this.session = new IkeSession(settings, Samples.video(), new Deterministic(1));
    this.peer = peer;
  }

  /** A conversation in which IKE_SA_INIT is done and GSA_AUTH is asked. */
  static Conversation authenticating() throws WireException, CryptoException {
    Conversation c = new Conversation();
    c.start();
    c.deliver(c.peer.init(c.sent()));
    return c;
  }

  /** A conversation with an established IKE SA. */
  static Conversation established() throws WireException, CryptoException {
    Conversation c = authenticating();
    c.deliver(c.peer.auth());
    assertThat(c.session.info().state()).isEqualTo(SessionInfo.State.ESTABLISHED);
    return c;
  }

  List<IkeEffect> start() {
    return keep(session.start(now));
  }

  List<IkeEffect> deliver(byte[] message) {
    return deliver(path, message);
  }

  List<IkeEffect> deliver(UdpPath from, byte[] message) {
    return keep(session.receive(now, from, UdpFraming.datagram(from, message)));
  }

  List<IkeEffect> keep(List<IkeEffect> latest) {
    effects = latest;
    return latest;
  }

  /** Moves the clock. */
  Moment after(Duration time) {
    now = now.plus(time);
    return now;
  }

  /** The message of the only datagram among the last effects. */
  byte[] sent() {
    only(Send.class);
    return allSent().get(0);
  }

  /** The messages of all datagrams among the last effects. */
  List<byte[]> allSent() {
    List<byte[]> messages = new ArrayList<>();
    for (IkeEffect effect : effects) {
      if (effect instanceof Send send) {
        try {
          messages.add(UdpFraming.message(send.path(), send.datagram()));
        } catch (IgnoredMessageException e) {
          throw new AssertionError(e);
        }
      }
    }
    return messages;
  }

  /** The only last effect of this kind. */
  <E extends IkeEffect> E only(Class<E> kind) {
    List<E> found = effects.stream().filter(kind::isInstance).map(kind::cast).toList();
    assertThat(found).as("%s among %s", kind.getSimpleName(), effects).hasSize(1);
    return found.get(0);
  }

  /** The last datagram was dropped, and nothing else happened. */
  void assertIgnored() {
    assertThat(effects).singleElement().isInstanceOf(Ignored.class);
  }
}
