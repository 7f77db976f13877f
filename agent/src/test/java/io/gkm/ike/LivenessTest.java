package io.gkm.ike;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.ike.IkeEffect.Closed;
import io.gkm.ike.IkeEffect.Registered;
import io.gkm.ike.IkeEffect.Send;
import io.gkm.ike.wire.DeletePayload;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.GroupPolicy;
import io.gkm.ike.wire.GroupSaPolicy;
import io.gkm.ike.wire.GsaPayload;
import io.gkm.ike.wire.KwaId;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.ProtocolId;
import io.gkm.ike.wire.TrafficSelector;
import io.gkm.ike.wire.Transform;
import io.gkm.ike.wire.TransformType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Seeing whether the key server is alive, and N(AUTH_LIFETIME). */
class LivenessTest {
  private static final Duration QUIET = Duration.ofSeconds(59);

  private static Conversation registered(Payload... beside) throws Exception {
    Conversation c =
        new Conversation(
            Samples.settings(new IkeOptions(576, 1280, Duration.ZERO, QUIET)),
            new ResponderTestPeer(Conversation.GCM, new Deterministic(2)));
    c.start();
    c.deliver(c.peer.init(c.sent()));
    List<Payload> group = new ArrayList<>(List.of(beside));
    if (group.stream().noneMatch(GsaPayload.class::isInstance)) {
      group.add(Samples.gsa());
    }
    group.add(Samples.kd(c.peer.keyWrap()));
    c.deliver(c.peer.auth(group.toArray(new Payload[0])));
    c.only(Registered.class).answer().close();
    return c;
  }

  private static GsaPayload withRekeySa() {
    List<GroupPolicy> policies = new ArrayList<>(Samples.gsa().policies());
    policies.add(
        0,
        new GroupSaPolicy(
            ProtocolId.GIKE_UPDATE,
            Octets.ofHex("000102030405060708090a0b0c0d0e0f"),
            TrafficSelector.any(false, 17),
            TrafficSelector.single(Samples.address(239, 1, 1, 2), 17, 848, 848),
            List.of(
                Transform.of(TransformType.ENCR, 20, 256),
                Transform.of(TransformType.GCAUTH, 1),
                Transform.of(TransformType.KWA, KwaId.KW_5649_256)),
            List.of()));
    return new GsaPayload(policies);
  }

  private static void tick(Conversation c) {
    c.now = c.session.deadline().orElseThrow();
    c.keep(c.session.tick(c.now));
  }

  @Test
  void aSilentKeyServerIsAskedAndItsAnswerIsEnough() throws Exception {
    Conversation c = registered();
    Moment heard = c.now;
    for (int i = 0; i < 3; i++) {
      tick(c);
      assertThat(c.now.minus(heard)).isEqualTo(QUIET);
      assertThat(c.peer.open(c.sent()).payloads()).isEmpty();
      c.after(Duration.ofMillis(100));
      c.deliver(c.peer.answer(ExchangeType.INFORMATIONAL, 2 + i));
      assertThat(c.effects).isEmpty();
      heard = c.now;
    }
  }

  @Test
  void whatTheKeyServerSendsItselfIsEnough() throws Exception {
    Conversation c = registered();
    c.after(Duration.ofSeconds(50));
    byte[] alive = c.peer.request(ExchangeType.INFORMATIONAL, 0);
    c.deliver(alive);
    Moment heard = c.now;
    // A replay proves nothing.
    c.after(Duration.ofSeconds(30));
    c.deliver(alive);
    assertThat(c.session.deadline()).contains(heard.plus(QUIET));
  }

  @Test
  void noAnswerIsTheEnd() throws Exception {
    Conversation c = registered();
    int asked = 0;
    while (c.effects.stream().noneMatch(Closed.class::isInstance)) {
      tick(c);
      asked += c.effects.stream().anyMatch(Send.class::isInstance) ? 1 : 0;
    }
    assertThat(asked).isEqualTo(8);
    assertThat(c.only(Closed.class).reason()).isEqualTo(CloseReason.TIMEOUT);
  }

  @Test
  void withARekeySaNobodyIsAsked() throws Exception {
    Conversation c = registered(withRekeySa());
    assertThat(c.session.deadline()).isEmpty();
  }

  @Test
  void nobodyIsAskedAfterTheLastGroupWasLeftEither() throws Exception {
    Conversation c = registered();
    c.keep(c.session.leave(c.now, Samples.VIDEO, NotifyType.REGISTRATION_FAILED));
    c.deliver(c.peer.answer(ExchangeType.GSA_REGISTRATION, 2));
    assertThat(c.session.deadline()).isEmpty();
  }

  private static NotifyPayload lifetime(Octets seconds) {
    return NotifyPayload.of(NotifyType.AUTH_LIFETIME, seconds);
  }

  private static void assertReauthenticates(Conversation c, long messageId) throws Exception {
    assertThat(c.peer.open(c.sent()).payloads()).containsExactly(DeletePayload.ikeSa());
    c.deliver(c.peer.answer(ExchangeType.INFORMATIONAL, messageId));
    assertThat(c.only(Closed.class).reason()).isEqualTo(CloseReason.REAUTHENTICATION);
  }

  @Test
  void theAuthenticationEndsBeforeItsLifetimeDoes() throws Exception {
    Conversation c = registered(withRekeySa(), lifetime(Octets.ofU32(1010)));
    Moment begun = c.now;
    tick(c);
    assertThat(c.now.minus(begun)).isEqualTo(Duration.ofSeconds(909));
    assertReauthenticates(c, 2);
  }

  @Test
  void theKeyServerMayShortenItLaterAndZeroIsNow() throws Exception {
    Conversation c = registered(withRekeySa(), lifetime(Octets.ofU32(1010)));
    Moment begun = c.now;
    c.deliver(c.peer.request(ExchangeType.INFORMATIONAL, 0, lifetime(Octets.ofU32(100))));
    c.peer.open(c.sent());
    assertThat(c.session.deadline()).contains(begun.plus(Duration.ofSeconds(90)));
    c.deliver(c.peer.request(ExchangeType.INFORMATIONAL, 1, lifetime(Octets.ofU32(0))));
    tick(c);
    assertThat(c.now).isEqualTo(begun);
    assertReauthenticates(c, 2);
  }

  @Test
  void aLifetimeOfAnotherSizeSaysNothing() throws Exception {
    for (int size : new int[] {0, 3, 5, 100}) {
      Conversation c = registered(withRekeySa(), lifetime(Octets.of(new byte[size])));
      assertThat(c.session.deadline()).isEmpty();
    }
    Conversation c = registered(withRekeySa(), lifetime(Octets.ofHex("ffffffff")));
    assertThat(c.session.deadline().map(d -> d.minus(c.now)))
        .isEqualTo(Optional.of(Duration.ofSeconds(0xffff_ffffL).multipliedBy(9).dividedBy(10)));
  }
}
