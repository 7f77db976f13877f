package io.gkm.ike;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.ike.IkeEffect.Closed;
import io.gkm.ike.IkeEffect.Ignored;
import io.gkm.ike.IkeEffect.InbandRekey;
import io.gkm.ike.IkeEffect.Registered;
import io.gkm.ike.IkeEffect.Send;
import io.gkm.ike.wire.DeletePayload;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.IkeHeader;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.PayloadChain;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A key server gone mad: requests that are sealed as they should be, with anything inside. Each is
 * answered or ignored, and the session goes on or says why it does not.
 */
class HostilePeerRequestsTest {
  private static final int RUNS = 400;

  private static Conversation established() throws Exception {
    Conversation c = Conversation.established();
    c.only(Registered.class).answer().close();
    return c;
  }

  private static List<Payload> right(Conversation c, int exchangeType) throws Exception {
    return switch (exchangeType) {
      case ExchangeType.CREATE_CHILD_SA -> c.peer.rekeyRequest(new byte[32]);
      case ExchangeType.GSA_INBAND_REKEY -> List.of(Samples.gsa(), Samples.kd(c.peer.keyWrap()));
      default ->
          List.of(
              DeletePayload.ikeSa(),
              NotifyPayload.of(NotifyType.AUTH_LIFETIME, Octets.ofU32(3600)));
    };
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        ExchangeType.CREATE_CHILD_SA,
        ExchangeType.GSA_INBAND_REKEY,
        ExchangeType.INFORMATIONAL
      })
  void anythingInside(int exchangeType) throws Exception {
    Random random = new Random(exchangeType);
    for (int run = 0; run < RUNS; run++) {
      Conversation c = established();
      PayloadChain chain = new PayloadChain(right(c, exchangeType));
      byte[] inner = mutated(chain.encode(), random);
      int firstType = random.nextInt(4) == 0 ? random.nextInt(256) : chain.firstType();
      IkeHeader header = c.peer.requestHeader(exchangeType, 0);
      c.deliver(c.peer.seal(header, firstType, inner));
      assertHarmless(c, run);
    }
  }

  private static void assertHarmless(Conversation c, int run) {
    for (IkeEffect effect : c.effects) {
      if (effect instanceof InbandRekey rekey) {
        rekey.close();
      }
      assertThat(effect)
          .as("run %d", run)
          .isInstanceOfAny(Send.class, Ignored.class, InbandRekey.class, Closed.class);
    }
    boolean closed = c.effects.stream().anyMatch(Closed.class::isInstance);
    assertThat(c.session.info().state() == SessionInfo.State.CLOSED).isEqualTo(closed);
    if (closed) {
      assertThat(c.only(Closed.class).reason())
          .isIn(CloseReason.INVALID_SYNTAX, CloseReason.DELETED_BY_PEER);
    }
    // It lives, or it is dead for good.
    assertThat(c.keep(c.session.register(c.now, Samples.audio())).isEmpty()).isEqualTo(closed);
  }

  private static byte[] mutated(byte[] octets, Random random) {
    byte[] mutated = octets.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
    }
    return random.nextInt(4) == 0
        ? Arrays.copyOf(mutated, random.nextInt(mutated.length + 20))
        : mutated;
  }
}
