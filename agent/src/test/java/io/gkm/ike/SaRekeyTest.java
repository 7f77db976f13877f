package io.gkm.ike;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.ike.IkeEffect.Closed;
import io.gkm.ike.IkeEffect.InbandRekey;
import io.gkm.ike.IkeEffect.Registered;
import io.gkm.ike.IkeEffect.Send;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.DeletePayload;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.GroupKeyBag;
import io.gkm.ike.wire.IkeHeader;
import io.gkm.ike.wire.IkeMessage;
import io.gkm.ike.wire.KePayload;
import io.gkm.ike.wire.NoncePayload;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.Proposal;
import io.gkm.ike.wire.ProtocolId;
import io.gkm.ike.wire.SaPayload;
import io.gkm.ike.wire.TransformType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** CREATE_CHILD_SA that rekeys the IKE SA, from either side and from both at once. */
class SaRekeyTest {
  private static final int CREATE_CHILD_SA = ExchangeType.CREATE_CHILD_SA;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final byte[] LOW = filled(0);
  private static final byte[] HIGH = filled(0xff);

  private static byte[] filled(int octet) {
    byte[] nonce = new byte[32];
    Arrays.fill(nonce, (byte) octet);
    return nonce;
  }

  private static Conversation established() throws Exception {
    Conversation c =
        new Conversation(
            Samples.settings(new IkeOptions(576, 1280, HOUR, Duration.ZERO)),
            new ResponderTestPeer(Conversation.GCM, new Deterministic(2)));
    c.start();
    c.deliver(c.peer.init(c.sent()));
    c.deliver(c.peer.auth());
    c.only(Registered.class).answer().close();
    return c;
  }

  /** The member's rekey request is due and sent. */
  private static byte[] due(Conversation c) {
    Moment begun = c.now;
    c.now = c.session.deadline().orElseThrow();
    assertThat(c.now.minus(begun)).isBetween(HOUR.multipliedBy(9).dividedBy(10), HOUR);
    c.keep(c.session.tick(c.now));
    return c.sent();
  }

  /** Whether the session and this peer hold the same IKE SA, and it is where things are asked. */
  private static void assertCurrent(Conversation c, ResponderTestPeer peer, long messageId)
      throws Exception {
    assertThat(c.session.info().spiI()).isEqualTo(peer.spiI);
    assertThat(c.session.info().spiR()).isEqualTo(peer.spiR);
    assertThat(c.session.info().state()).isEqualTo(SessionInfo.State.ESTABLISHED);
    c.keep(c.session.register(c.now, Samples.audio()));
    assertThat(IkeHeader.decode(c.sent()).messageId()).isEqualTo(messageId);
    assertThat(peer.open(c.sent()).payloads()).isNotEmpty();
    // The keys that follow are wrapped under the new GSK_w.
    c.deliver(
        peer.answer(
            ExchangeType.GSA_REGISTRATION, messageId, Samples.gsa(), Samples.kd(peer.keyWrap())));
    try (RegistrationAnswer answer = c.only(Registered.class).answer()) {
      GroupKeyBag bag = answer.kd().groupKeyBag(ProtocolId.ESP, Samples.ESP_SPI).orElseThrow();
      byte[] wrapped = bag.saKeys().get(0).encryptedKey().toByteArray();
      try (Secret tek = answer.keyWrap().unwrap(wrapped)) {
        assertThat(tek.bytes()).isEqualTo(Samples.TEK);
      }
    }
    c.deliver(peer.request(ExchangeType.INFORMATIONAL, 0));
    assertThat(peer.open(c.sent()).payloads()).isEmpty();
  }

  private static void assertDelete(PayloadChain payloads) {
    assertThat(payloads.payloads()).containsExactly(DeletePayload.ikeSa());
  }

  private static int error(PayloadChain answer) {
    return answer.firstError().orElseThrow().notifyType();
  }

  @Test
  void weRekeyWhenItIsTimeAndDeleteTheOldOne() throws Exception {
    Conversation c = established();
    PayloadChain request = c.peer.open(due(c));
    SaPayload sa = request.required(SaPayload.class);
    assertThat(sa.proposals())
        .hasSize(2)
        .allSatisfy(p -> assertThat(p.spi().size()).isEqualTo(8))
        .allSatisfy(p -> assertThat(p.transforms(TransformType.KWA)).isNotEmpty());
    assertThat(request.required(KePayload.class).method()).isEqualTo(31);

    ResponderTestPeer.RekeyAnswer answer = c.peer.answerRekey(request, HIGH);
    byte[] message = c.peer.answer(CREATE_CHILD_SA, 2, answer.payloads().toArray(new Payload[0]));
    c.deliver(message);
    assertDelete(c.peer.open(c.sent()));
    assertThat(answer.next().keys.gskW()).isNotEqualTo(c.peer.keys.gskW());
    c.deliver(c.peer.answer(ExchangeType.INFORMATIONAL, 3));
    assertThat(c.effects).isEmpty();
    assertCurrent(c, answer.next(), 0);
    // The old one is gone, and the next rekey is due an hour after this one.
    c.deliver(message);
    c.assertIgnored();
    answer.next().open(due(c));
  }

  @Test
  void whatIsWantedMeanwhileIsAskedOnTheNewOne() throws Exception {
    Conversation c = established();
    PayloadChain request = c.peer.open(due(c));
    c.keep(c.session.register(c.now, Samples.audio()));
    assertThat(c.effects).isEmpty();
    ResponderTestPeer.RekeyAnswer answer = c.peer.answerRekey(request, LOW);
    c.deliver(c.peer.answer(CREATE_CHILD_SA, 2, answer.payloads().toArray(new Payload[0])));
    List<byte[]> sent = c.allSent();
    assertThat(sent).hasSize(2);
    assertDelete(c.peer.open(sent.get(0)));
    assertThat(answer.next().open(sent.get(1)).payloads()).isNotEmpty();
  }

  @Test
  void anotherKeyExchangeMethodIsTakenOnceEach() throws Exception {
    Conversation c = established();
    due(c);
    NotifyPayload ecp = NotifyPayload.of(NotifyType.INVALID_KE_PAYLOAD, Octets.ofU16(19));
    c.deliver(c.peer.answer(CREATE_CHILD_SA, 2, ecp));
    assertThat(c.peer.open(c.sent()).required(KePayload.class).method()).isEqualTo(19);
    NotifyPayload again = NotifyPayload.of(NotifyType.INVALID_KE_PAYLOAD, Octets.ofU16(31));
    c.deliver(c.peer.answer(CREATE_CHILD_SA, 3, again));
    assertThat(c.effects).as("31 was tried").isEmpty();
    c.now = c.session.deadline().orElseThrow();
    c.keep(c.session.tick(c.now));
    assertThat(c.peer.open(c.sent()).required(KePayload.class).method()).isEqualTo(31);
    NotifyPayload notOffered = NotifyPayload.of(NotifyType.INVALID_KE_PAYLOAD, Octets.ofU16(1));
    c.deliver(c.peer.answer(CREATE_CHILD_SA, 4, notOffered));
    assertThat(c.effects).isEmpty();
  }

  @Test
  void aRefusalIsTriedAgainLater() throws Exception {
    Conversation c = established();
    for (int i = 0; i < 3; i++) {
      c.now = c.session.deadline().orElseThrow();
      c.keep(c.session.tick(c.now));
      c.peer.open(c.sent());
      c.deliver(
          c.peer.answer(CREATE_CHILD_SA, 2 + i, NotifyPayload.of(NotifyType.TEMPORARY_FAILURE)));
      assertThat(c.effects).isEmpty();
      assertThat(c.session.deadline().orElseThrow().minus(c.now))
          .isBetween(RekeyTimer.RETRY, RekeyTimer.RETRY.multipliedBy(2));
    }
    assertThat(c.session.info().state()).isEqualTo(SessionInfo.State.ESTABLISHED);
  }

  @Test
  void aNonsensicalAnswerIsTheEnd() throws Exception {
    for (int kind = 0; kind < 4; kind++) {
      Conversation c = established();
      PayloadChain request = c.peer.open(due(c));
      List<Payload> payloads = new ArrayList<>(c.peer.answerRekey(request, HIGH).payloads());
      switch (kind) {
        case 0 -> payloads.set(0, new SaPayload(List.of(c.peer.withSpi(0))));
        case 1 -> payloads.set(0, new SaPayload(List.of(c.peer.proposal())));
        case 2 -> payloads.set(1, new NoncePayload(Octets.of(new byte[16])));
        default -> payloads.set(2, new KePayload(31, Octets.of(new byte[32])));
      }
      c.deliver(c.peer.answer(CREATE_CHILD_SA, 2, payloads.toArray(new Payload[0])));
      if (kind == 2) {
        // 16 octets are enough for HMAC-SHA2-256.
        assertThat(c.effects).noneMatch(Closed.class::isInstance);
      } else {
        assertThat(c.only(Closed.class).reason()).isEqualTo(CloseReason.PROTOCOL_ERROR);
        assertThat(error(c.peer.open(c.sent()))).isEqualTo(NotifyType.INVALID_SYNTAX);
      }
    }
  }

  @Test
  void theKeyServerRekeysAndDeletesTheOldOne() throws Exception {
    Conversation c = established();
    byte[] request =
        c.peer.request(CREATE_CHILD_SA, 0, c.peer.rekeyRequest(LOW).toArray(new Payload[0]));
    c.deliver(request);
    byte[] answer = c.sent();
    ResponderTestPeer next = c.peer.rekeyed(c.peer.open(answer));
    c.deliver(request);
    assertThat(c.sent()).as("asked twice, made once").isEqualTo(answer);
    assertCurrent(c, next, 0);
    c.deliver(c.peer.request(ExchangeType.INFORMATIONAL, 1, DeletePayload.ikeSa()));
    assertThat(c.peer.open(c.sent()).payloads()).isEmpty();
    assertThat(c.effects).noneMatch(Closed.class::isInstance);
    assertThat(IkeMessage.decode(next.request(ExchangeType.INFORMATIONAL, 1)).header().initiator())
        .isTrue();
    c.deliver(next.request(ExchangeType.INFORMATIONAL, 1, DeletePayload.ikeSa()));
    assertThat(c.only(Closed.class).reason()).isEqualTo(CloseReason.DELETED_BY_PEER);
  }

  @Test
  void anExchangeUnderWayMovesWhenTheOldOneGoes() throws Exception {
    Conversation c = established();
    c.keep(c.session.register(c.now, Samples.audio()));
    c.peer.open(c.sent());
    c.deliver(c.peer.request(CREATE_CHILD_SA, 0, c.peer.rekeyRequest(LOW).toArray(new Payload[0])));
    ResponderTestPeer next = c.peer.rekeyed(c.peer.open(c.sent()));
    c.deliver(c.peer.request(ExchangeType.INFORMATIONAL, 1, DeletePayload.ikeSa()));
    List<byte[]> sent = c.allSent();
    assertThat(sent).hasSize(2);
    assertThat(IkeHeader.decode(sent.get(1)).exchangeType())
        .isEqualTo(ExchangeType.GSA_REGISTRATION);
    next.open(sent.get(1));
    c.deliver(
        next.answer(ExchangeType.GSA_REGISTRATION, 0, Samples.gsa(), Samples.kd(next.keyWrap())));
    c.only(Registered.class).answer().close();
  }

  @Test
  void theAnswerOnTheOldOneStillCounts() throws Exception {
    Conversation c = established();
    c.keep(c.session.register(c.now, Samples.audio()));
    c.deliver(c.peer.request(CREATE_CHILD_SA, 0, c.peer.rekeyRequest(LOW).toArray(new Payload[0])));
    c.deliver(
        c.peer.answer(
            ExchangeType.GSA_REGISTRATION, 2, Samples.gsa(), Samples.kd(c.peer.keyWrap())));
    c.only(Registered.class).answer().close();
  }

  @Test
  void anOldOneThatIsNeverDeletedIsForgotten() throws Exception {
    Conversation c = established();
    c.deliver(c.peer.request(CREATE_CHILD_SA, 0, c.peer.rekeyRequest(LOW).toArray(new Payload[0])));
    c.after(Duration.ofSeconds(61));
    c.keep(c.session.tick(c.now));
    c.deliver(c.peer.request(ExchangeType.INFORMATIONAL, 1));
    c.assertIgnored();
  }

  @Test
  void whatTheKeyServerMayNotDoIsRefused() throws Exception {
    Conversation c = established();
    Payload esp =
        new SaPayload(
            List.of(
                new Proposal(
                    1,
                    ProtocolId.ESP,
                    Octets.ofHex("01020304"),
                    Samples.gsa().saPolicies().get(0).transforms())));
    Payload nonce = new NoncePayload(Octets.of(HIGH));
    c.deliver(c.peer.request(CREATE_CHILD_SA, 0, esp, nonce));
    assertThat(error(c.peer.open(c.sent()))).isEqualTo(NotifyType.NO_ADDITIONAL_SAS);

    // No key wrap algorithm, an SPI of zeros, no SPI: nothing to choose.
    List<Payload> good = c.peer.rekeyRequest(HIGH);
    Proposal proposal = c.peer.withSpi(7);
    Proposal withoutKwa =
        new Proposal(
            1,
            ProtocolId.IKE,
            proposal.spi(),
            proposal.transforms().stream().filter(t -> t.type() != TransformType.KWA).toList());
    int id = 1;
    for (Proposal bad : List.of(withoutKwa, c.peer.withSpi(0), c.peer.proposal())) {
      SaPayload offer = new SaPayload(List.of(bad));
      c.deliver(c.peer.request(CREATE_CHILD_SA, id++, offer, good.get(1), good.get(2)));
      assertThat(error(c.peer.open(c.sent()))).isEqualTo(NotifyType.NO_PROPOSAL_CHOSEN);
    }
    // Another method than the one chosen.
    Payload ke = new KePayload(14, Octets.of(new byte[256]));
    c.deliver(c.peer.request(CREATE_CHILD_SA, id++, good.get(0), good.get(1), ke));
    NotifyPayload wanted = c.peer.open(c.sent()).firstError().orElseThrow();
    assertThat(wanted.notifyType()).isEqualTo(NotifyType.INVALID_KE_PAYLOAD);
    assertThat(wanted.data()).isEqualTo(Octets.ofU16(31));
    assertThat(c.session.info().spiR()).isEqualTo(c.peer.spiR);
  }

  @Test
  void anIncompleteRequestOrABadPublicValueIsASyntaxError() throws Exception {
    for (int left = 0; left < 4; left++) {
      Conversation c = established();
      List<Payload> payloads = new ArrayList<>(c.peer.rekeyRequest(HIGH));
      if (left == 3) {
        payloads.set(2, new KePayload(31, Octets.of(new byte[32])));
      } else {
        payloads.remove(left);
      }
      c.deliver(c.peer.request(CREATE_CHILD_SA, 0, payloads.toArray(new Payload[0])));
      assertThat(error(c.peer.open(c.sent()))).isEqualTo(NotifyType.INVALID_SYNTAX);
      assertThat(c.only(Closed.class).reason()).isEqualTo(CloseReason.INVALID_SYNTAX);
    }
  }

  /** Both ask; the member's answer to the peer's request gives the rival IKE SA. */
  private record Collision(
      Conversation c, ResponderTestPeer.RekeyAnswer ours, ResponderTestPeer theirs) {}

  private static Collision collide(byte[] theirNonce, byte[] theirAnswerNonce) throws Exception {
    Conversation c = established();
    PayloadChain request = c.peer.open(due(c));
    ResponderTestPeer.RekeyAnswer ours = c.peer.answerRekey(request, theirAnswerNonce);
    c.deliver(
        c.peer.request(
            CREATE_CHILD_SA, 0, c.peer.rekeyRequest(theirNonce).toArray(new Payload[0])));
    ResponderTestPeer theirs = c.peer.rekeyed(c.peer.open(c.sent()));
    // A third one is too much.
    c.deliver(
        c.peer.request(CREATE_CHILD_SA, 1, c.peer.rekeyRequest(HIGH).toArray(new Payload[0])));
    assertThat(error(c.peer.open(c.sent()))).isEqualTo(NotifyType.TEMPORARY_FAILURE);
    return new Collision(c, ours, theirs);
  }

  @Test
  void bothAtOnceAndTheirsHasTheLowestNonce() throws Exception {
    Collision both = collide(LOW, HIGH);
    Conversation c = both.c();
    c.deliver(c.peer.answer(CREATE_CHILD_SA, 2, both.ours().payloads().toArray(new Payload[0])));
    // Ours stays: we delete the old one, the peer deletes its own.
    assertDelete(c.peer.open(c.sent()));
    c.deliver(both.theirs().request(ExchangeType.INFORMATIONAL, 0, DeletePayload.ikeSa()));
    both.theirs().open(c.sent());
    c.deliver(c.peer.answer(ExchangeType.INFORMATIONAL, 3));
    assertCurrent(c, both.ours().next(), 0);
  }

  @Test
  void bothAtOnceAndOursHasTheLowestNonce() throws Exception {
    Collision both = collide(HIGH, LOW);
    Conversation c = both.c();
    c.deliver(c.peer.answer(CREATE_CHILD_SA, 2, both.ours().payloads().toArray(new Payload[0])));
    // Theirs stays: we delete ours, the peer deletes the old one.
    assertDelete(both.ours().next().open(c.sent()));
    c.deliver(both.ours().next().answer(ExchangeType.INFORMATIONAL, 0));
    c.deliver(c.peer.request(ExchangeType.INFORMATIONAL, 2, DeletePayload.ikeSa()));
    c.peer.open(c.sent());
    assertCurrent(c, both.theirs(), 0);
  }

  @Test
  void theirsStaysWhenTheyRefuseOursOrDeleteTheOldOneOrNeverAnswer() throws Exception {
    for (int kind = 0; kind < 3; kind++) {
      Collision both = collide(LOW, HIGH);
      Conversation c = both.c();
      if (kind == 0) {
        c.deliver(
            c.peer.answer(CREATE_CHILD_SA, 2, NotifyPayload.of(NotifyType.TEMPORARY_FAILURE)));
      } else if (kind == 1) {
        c.deliver(c.peer.request(ExchangeType.INFORMATIONAL, 2, DeletePayload.ikeSa()));
        c.peer.open(c.sent());
      } else {
        c.after(Duration.ofSeconds(61));
        c.keep(c.session.tick(c.now));
      }
      assertThat(c.effects).noneMatch(Closed.class::isInstance);
      assertCurrent(c, both.theirs(), 0);
    }
  }

  @Test
  void oursStaysWhenTheyDeleteTheirsFirst() throws Exception {
    Collision both = collide(HIGH, LOW);
    Conversation c = both.c();
    c.deliver(both.theirs().request(ExchangeType.INFORMATIONAL, 0, DeletePayload.ikeSa()));
    both.theirs().open(c.sent());
    c.deliver(c.peer.answer(CREATE_CHILD_SA, 2, both.ours().payloads().toArray(new Payload[0])));
    assertDelete(c.peer.open(c.sent()));
    assertCurrent(c, both.ours().next(), 0);
  }

  @Test
  void whatIsBeingClosedIsNotRekeyed() throws Exception {
    Conversation c = established();
    c.keep(c.session.close(c.now));
    assertDelete(c.peer.open(c.sent()));
    c.deliver(c.peer.request(CREATE_CHILD_SA, 0, c.peer.rekeyRequest(LOW).toArray(new Payload[0])));
    assertThat(error(c.peer.open(c.sent()))).isEqualTo(NotifyType.TEMPORARY_FAILURE);
    c.deliver(c.peer.answer(ExchangeType.INFORMATIONAL, 2));
    assertThat(c.only(Closed.class).reason()).isEqualTo(CloseReason.LOCAL);
  }

  @Test
  void closingDuringOurRekeyClosesTheNewOne() throws Exception {
    Conversation c = established();
    PayloadChain request = c.peer.open(due(c));
    c.keep(c.session.close(c.now));
    ResponderTestPeer.RekeyAnswer answer = c.peer.answerRekey(request, HIGH);
    c.deliver(c.peer.answer(CREATE_CHILD_SA, 2, answer.payloads().toArray(new Payload[0])));
    List<byte[]> sent = c.allSent();
    assertDelete(c.peer.open(sent.get(0)));
    assertDelete(answer.next().open(sent.get(1)));
    c.deliver(c.peer.answer(ExchangeType.INFORMATIONAL, 3));
    assertThat(c.effects).noneMatch(Closed.class::isInstance);
    c.deliver(answer.next().answer(ExchangeType.INFORMATIONAL, 0));
    assertThat(c.only(Closed.class).reason()).isEqualTo(CloseReason.LOCAL);
  }

  @Test
  void rekeyingWithoutEndKeepsFewIkeSas() throws Exception {
    Conversation c = established();
    ResponderTestPeer peer = c.peer;
    List<ResponderTestPeer> old = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      c.deliver(peer.request(CREATE_CHILD_SA, 0, peer.rekeyRequest(HIGH).toArray(new Payload[0])));
      old.add(peer);
      peer = peer.rekeyed(peer.open(c.sent()));
    }
    int answering = 0;
    for (ResponderTestPeer each : old) {
      c.deliver(each.request(ExchangeType.INFORMATIONAL, 1));
      answering += c.effects.stream().anyMatch(Send.class::isInstance) ? 1 : 0;
    }
    assertThat(answering).isEqualTo(LiveSas.MAX_RETIRED);
    c.deliver(
        peer.request(ExchangeType.GSA_INBAND_REKEY, 0, Samples.gsa(), Samples.kd(peer.keyWrap())));
    c.only(InbandRekey.class).close();
  }
}
