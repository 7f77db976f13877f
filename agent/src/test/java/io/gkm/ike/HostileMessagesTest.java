package io.gkm.ike;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.ike.IkeEffect.Closed;
import io.gkm.ike.IkeEffect.Left;
import io.gkm.ike.IkeEffect.Registered;
import io.gkm.ike.IkeEffect.Send;
import io.gkm.ike.wire.DeletePayload;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.NotifyType;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Cut, changed, repeated and reordered messages at each point of the exchange: they change nothing,
 * and the right answer that comes after them still counts.
 */
class HostileMessagesTest {
  private static final GroupRequest AUDIO = new GroupRequest(Samples.AUDIO, Optional.empty(), 0);

  @Test
  void anyOctetOfTheFirstAnswerMayBeWrong() throws Exception {
    Random random = new Random(7);
    Conversation sample = new Conversation();
    sample.start();
    int length = sample.peer.init(sample.sent()).length;
    for (int at = 0; at < length; at++) {
      Conversation c = new Conversation();
      c.start();
      byte[] right = c.peer.init(c.sent());
      c.deliver(flipped(right, at, random));
      c.deliver(right);
      c.deliver(c.peer.auth());
      assertEstablishedOrNotAuthenticated(c, at);
    }
  }

  /**
   * A change that leaves the keys as they are, such as another flag, shows when AUTH is checked:
   * then the attempt ends, and its owner makes another one.
   */
  private static void assertEstablishedOrNotAuthenticated(Conversation c, int at) {
    if (c.session.info().state() == SessionInfo.State.CLOSED) {
      assertThat(c.only(Closed.class).reason())
          .as("octet %s of IKE_SA_INIT was wrong", at)
          .isEqualTo(CloseReason.PEER_NOT_AUTHENTICATED);
      assertThat(c.effects).noneMatch(Registered.class::isInstance);
    } else {
      assertThat(c.session.info().state())
          .as("octet %s of IKE_SA_INIT was wrong", at)
          .isEqualTo(SessionInfo.State.ESTABLISHED);
    }
  }

  @Test
  void theFirstAnswerMayBeCutAnywhere() throws Exception {
    Conversation c = new Conversation();
    c.start();
    byte[] right = c.peer.init(c.sent());
    for (int length = 0; length < right.length; length++) {
      c.deliver(Arrays.copyOf(right, length));
      c.assertIgnored();
    }
    c.deliver(Arrays.copyOf(right, right.length + 4));
    c.assertIgnored();
    c.deliver(right);
    assertThat(c.session.info().state()).isEqualTo(SessionInfo.State.AUTHENTICATING);
  }

  @Test
  void noWrongAnswerToGsaAuthCounts() throws Exception {
    Conversation c = Conversation.authenticating();
    byte[] right = c.peer.auth();
    assertAllIgnored(c, right);
    assertThat(c.session.info().state()).isEqualTo(SessionInfo.State.AUTHENTICATING);
    c.deliver(right);
    c.only(Registered.class).answer().close();
  }

  @Test
  void noWrongAnswerToGsaRegistrationCounts() throws Exception {
    Conversation c = Conversation.established();
    c.keep(c.session.register(c.now, AUDIO));
    byte[] right =
        c.peer.answer(
            ExchangeType.GSA_REGISTRATION, 2, Samples.gsa(), Samples.kd(c.peer.keyWrap()));
    assertAllIgnored(c, right);
    c.deliver(right);
    c.only(Registered.class).answer().close();
    c.deliver(right);
    c.assertIgnored();
  }

  @Test
  void answersInTheWrongOrderAndRepeatedOnesChangeNothing() throws Exception {
    Conversation c = new Conversation();
    c.start();
    byte[] init = c.peer.init(c.sent());
    byte[] auth = c.peer.auth();
    c.deliver(auth);
    c.assertIgnored();
    c.deliver(init);
    c.deliver(auth);
    assertThat(c.session.info().state()).isEqualTo(SessionInfo.State.ESTABLISHED);
    c.deliver(init);
    c.assertIgnored();
    c.deliver(auth);
    c.assertIgnored();
  }

  @Test
  void errorsInClearDoNotEndTheAttempt() throws Exception {
    Conversation c = new Conversation();
    c.start();
    byte[] request = c.sent();
    for (int type : new int[] {NotifyType.NO_PROPOSAL_CHOSEN, NotifyType.INVALID_SYNTAX}) {
      c.deliver(ResponderTestPeer.initNotify(request, NotifyPayload.of(type)));
      c.assertIgnored();
    }
    c.deliver(c.peer.init(request));
    c.deliver(
        c.peer.clear(
            c.peer.spiR,
            ExchangeType.GSA_AUTH,
            1,
            List.of(NotifyPayload.of(NotifyType.AUTHENTICATION_FAILED))));
    c.assertIgnored();
    c.deliver(c.peer.auth());
    assertThat(c.session.info().state()).isEqualTo(SessionInfo.State.ESTABLISHED);
  }

  @Test
  void anImpostorWithoutTheKeyIsNotBelieved() throws Exception {
    ResponderTestPeer impostor =
        new ResponderTestPeer(
            Conversation.GCM, new Deterministic(2), Samples.GCKS_ID, new byte[] {1, 2, 3});
    Conversation c = new Conversation(Samples.settings(), impostor);
    c.start();
    c.deliver(impostor.init(c.sent()));
    c.deliver(impostor.auth());
    assertThat(c.effects).noneMatch(Registered.class::isInstance);
    assertThat(c.only(Closed.class).reason()).isEqualTo(CloseReason.PEER_NOT_AUTHENTICATED);
  }

  @Test
  void requestsAreSentAgainWithTheSameOctetsUntilTheEnd() throws Exception {
    Conversation c = new Conversation();
    c.start();
    byte[] first = c.sent();
    int sent = 1;
    while (c.effects.stream().noneMatch(Closed.class::isInstance)) {
      assertThat(sent).isLessThan(50);
      c.now = c.session.deadline().orElseThrow();
      c.keep(c.session.tick(c.now));
      if (c.effects.stream().anyMatch(Send.class::isInstance)) {
        assertThat(c.sent()).isEqualTo(first);
        sent++;
      }
    }
    assertThat(c.only(Closed.class).reason()).isEqualTo(CloseReason.TIMEOUT);
    assertThat(sent).isEqualTo(8);
    assertThat(c.session.deadline()).isEmpty();
  }

  @Test
  void theServersRequestsAreAnsweredOnceAndRepeatedAnswersAreTheSame() throws Exception {
    Conversation c = Conversation.established();
    byte[] alive = c.peer.request(ExchangeType.INFORMATIONAL, 0);
    c.deliver(alive);
    byte[] answer = c.sent();
    assertThat(c.peer.open(answer).payloads()).isEmpty();
    c.deliver(alive);
    assertThat(c.sent()).isEqualTo(answer);
    c.deliver(c.peer.request(ExchangeType.INFORMATIONAL, 5));
    c.assertIgnored();
    c.deliver(c.peer.request(ExchangeType.INFORMATIONAL, 1, DeletePayload.ikeSa()));
    assertThat(c.only(Closed.class).reason()).isEqualTo(CloseReason.DELETED_BY_PEER);
    c.deliver(alive);
    assertThat(c.effects).noneMatch(Send.class::isInstance);
  }

  @Test
  void leavingIsAnswered() throws Exception {
    Conversation c = Conversation.established();
    c.keep(c.session.leave(c.now, Samples.VIDEO, NotifyType.NO_PROPOSAL_CHOSEN));
    NotifyPayload told = c.peer.open(c.sent()).firstError().orElseThrow();
    assertThat(told.notifyType()).isEqualTo(NotifyType.NO_PROPOSAL_CHOSEN);
    c.after(Duration.ofMillis(10));
    c.deliver(c.peer.answer(ExchangeType.GSA_REGISTRATION, 2));
    assertThat(c.only(Left.class).group()).isEqualTo(Samples.VIDEO);
  }

  private static void assertAllIgnored(Conversation c, byte[] right) {
    Random random = new Random(11);
    for (int length = 0; length < right.length; length++) {
      c.deliver(Arrays.copyOf(right, length));
      c.assertIgnored();
    }
    for (int at = 0; at < right.length; at++) {
      c.deliver(flipped(right, at, random));
      c.assertIgnored();
    }
    c.deliver(Arrays.copyOf(right, right.length + 1));
    c.assertIgnored();
  }

  private static byte[] flipped(byte[] message, int at, Random random) {
    byte[] changed = message.clone();
    changed[at] ^= (byte) (1 << random.nextInt(8));
    return changed;
  }
}
