package io.gkm.ike;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gkm.ike.IkeEffect.Closed;
import io.gkm.ike.IkeEffect.Registered;
import io.gkm.ike.wire.AuthPayload;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.IkeHeader;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.PayloadChain;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/**
 * A hostile key server that knows the keys of the IKE SA: any octets, correctly sealed, as its
 * answers and requests. The session takes them, ignores them or ends; it never fails, and nobody
 * registers without the key server's AUTH.
 *
 * <p>In a test run each target is given the committed inputs (src/test/resources,
 * SealedFuzzTestInputs); scripts/fuzz looks for more.
 */
class SealedFuzzTest {
  private static final int[] REQUESTS = {
    ExchangeType.INFORMATIONAL, ExchangeType.GSA_INBAND_REKEY, ExchangeType.CREATE_CHILD_SA
  };

  /** The answer to GSA_AUTH: type of the first payload, then what is inside. */
  @FuzzTest
  void authAnswer(byte[] data) throws Exception {
    if (data.length == 0) {
      return;
    }
    Conversation c = Conversation.authenticating();
    byte[] inner = Arrays.copyOfRange(data, 1, data.length);
    c.deliver(c.peer.seal(answer(c, ExchangeType.GSA_AUTH, 1), data[0] & 0xff, inner));
    check(c, contains(inner, authOf(c.peer.identityAndAuth())));
  }

  /** The same behind a genuine IDr and AUTH: type of the payload after them, then the others. */
  @FuzzTest
  void authenticAnswer(byte[] data) throws Exception {
    if (data.length == 0) {
      return;
    }
    Conversation c = Conversation.authenticating();
    PayloadChain genuine = new PayloadChain(c.peer.identityAndAuth());
    byte[] first = genuine.encode();
    int idLength = ((first[2] & 0xff) << 8) | (first[3] & 0xff);
    first[idLength] = data[0]; // AUTH says what comes next.
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    inner.writeBytes(first);
    inner.write(data, 1, data.length - 1);
    c.deliver(
        c.peer.seal(answer(c, ExchangeType.GSA_AUTH, 1), genuine.firstType(), inner.toByteArray()));
    check(c, true);
  }

  /** The answer to a GSA_REGISTRATION on an IKE SA that stands. */
  @FuzzTest
  void sealedRegistrationAnswer(byte[] data) throws Exception {
    if (data.length == 0) {
      return;
    }
    Conversation c = established();
    c.keep(c.session.register(c.now, Samples.audio()));
    byte[] inner = Arrays.copyOfRange(data, 1, data.length);
    c.deliver(c.peer.seal(answer(c, ExchangeType.GSA_REGISTRATION, 2), data[0] & 0xff, inner));
    check(c, true);
  }

  /** A request of the key server: which exchange, type of the first payload, then the payloads. */
  @FuzzTest
  void peerRequest(byte[] data) throws Exception {
    if (data.length < 2) {
      return;
    }
    Conversation c = established();
    int exchange = REQUESTS[(data[0] & 0xff) % REQUESTS.length];
    byte[] inner = Arrays.copyOfRange(data, 2, data.length);
    byte[] message = c.peer.seal(c.peer.requestHeader(exchange, 0), data[1] & 0xff, inner);
    c.deliver(message);
    check(c, true);
    // The same once more is answered as before, or ignored: nothing happens twice.
    if (c.session.info().state() != SessionInfo.State.CLOSED) {
      c.deliver(message);
      assertThat(c.effects)
          .allMatch(e -> e instanceof IkeEffect.Send || e instanceof IkeEffect.Ignored);
    }
  }

  /**
   * Fragments of a request, each: number, number of all, how many of the octets that follow the
   * last one it has. The first octet: which exchange; the second: type of the first payload.
   */
  @FuzzTest
  void peerFragments(byte[] data) throws Exception {
    if (data.length < 2) {
      return;
    }
    ResponderTestPeer peer = new ResponderTestPeer(Conversation.GCM, new Deterministic(2));
    peer.fragmentation = true;
    Conversation c = new Conversation(Samples.settings(), peer);
    c.start();
    c.deliver(c.peer.init(c.sent()));
    c.deliver(c.peer.auth());
    c.only(Registered.class).answer().close();
    IkeHeader header = c.peer.requestHeader(REQUESTS[(data[0] & 0xff) % REQUESTS.length], 0);
    int at = 2;
    while (at + 3 <= data.length && c.session.info().state() != SessionInfo.State.CLOSED) {
      int end = Math.min(data.length, at + 3 + (data[at + 2] & 0xff));
      byte[] part = Arrays.copyOfRange(data, at + 3, end);
      c.deliver(
          c.peer.fragment(header, data[1] & 0xff, data[at] & 0xff, data[at + 1] & 0xff, part));
      check(c, true);
      at = end;
    }
  }

  private static Conversation established() throws Exception {
    Conversation c = Conversation.established();
    c.only(Registered.class).answer().close();
    return c;
  }

  private static IkeHeader answer(Conversation c, int exchangeType, long messageId) {
    return IkeHeader.of(c.peer.spiI, c.peer.spiR, exchangeType, false, true, messageId);
  }

  private static byte[] authOf(List<Payload> payloads) {
    return payloads.stream()
        .filter(AuthPayload.class::isInstance)
        .map(p -> ((AuthPayload) p).data().toByteArray())
        .findFirst()
        .orElseThrow();
  }

  private static boolean contains(byte[] octets, byte[] part) {
    for (int i = 0; i + part.length <= octets.length; i++) {
      if (Arrays.equals(octets, i, i + part.length, part, 0, part.length)) {
        return true;
      }
    }
    return false;
  }

  private static void check(Conversation c, boolean mayRegister) {
    assertThat(c.effects).hasSizeLessThan(20);
    boolean closed = c.effects.stream().anyMatch(Closed.class::isInstance);
    assertThat(c.session.info().state() == SessionInfo.State.CLOSED).isEqualTo(closed);
    for (IkeEffect effect : c.effects) {
      assertThat(effect.toString()).hasSizeLessThan(1_000_000);
      if (effect instanceof Registered registered) {
        assertThat(mayRegister).isTrue();
        registered.answer().close();
      } else if (effect instanceof IkeEffect.InbandRekey rekey) {
        rekey.close();
      } else if (effect instanceof Closed end) {
        assertThat(end.detail()).isNotEmpty().hasSizeLessThan(2_000);
      }
    }
    assertThat(closed && c.session.deadline().isPresent()).isFalse();
  }
}
