package io.gkm.ike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gkm.ike.IkeEffect.Established;
import io.gkm.ike.IkeEffect.Registered;
import io.gkm.ike.IkeEffect.Send;
import io.gkm.ike.crypto.IkeSuite;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.AuthPayload;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.GroupKeyBag;
import io.gkm.ike.wire.IkeHeader;
import io.gkm.ike.wire.IkeMessage;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.PayloadType;
import io.gkm.ike.wire.Proposal;
import io.gkm.ike.wire.ProtocolId;
import io.gkm.ike.wire.SaPayload;
import io.gkm.ike.wire.TransformType;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HandshakeTest {
  private static final int[] PRFS = {5, 6, 7};
  private static final int[] INTEGS = {12, 13, 14};

  /** Every cipher, integrity, prf and key wrap with curve25519; two of them with each other KE. */
  static Stream<IkeSuite> suites() {
    Stream.Builder<IkeSuite> suites = Stream.builder();
    for (int keyBits : new int[] {128, 256}) {
      for (int kwa : new int[] {1, 3}) {
        for (int prf : PRFS) {
          suites.add(new IkeSuite(20, keyBits, prf, 0, 31, kwa));
          IntStream.of(INTEGS)
              .forEach(integ -> suites.add(new IkeSuite(12, keyBits, prf, integ, 31, kwa)));
        }
      }
    }
    for (int ke : new int[] {14, 19, 20}) {
      suites.add(new IkeSuite(20, 256, 6, 0, ke, 3));
      suites.add(new IkeSuite(12, 128, 7, 13, ke, 1));
    }
    return suites.build();
  }

  @Test
  @Tag("GM-5")
  void aMemberOffersKeyWrapInEachProposal() {
    Proposal good = IkeProposals.standard().get(0);
    Proposal without =
        new Proposal(
            2,
            ProtocolId.IKE,
            Octets.EMPTY,
            good.transforms().stream().filter(t -> t.type() != TransformType.KWA).toList());
    IkeSettings settings = Samples.settings(500, List.of(good, without));
    assertThatThrownBy(() -> new IkeSession(settings, Samples.video(), new Deterministic(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("proposal 2 has no KWA");
  }

  /** Every cipher and key exchange there is, when they are offered. */
  static Stream<IkeSuite> rareSuites() {
    Stream.Builder<IkeSuite> suites = Stream.builder();
    for (int encr : new int[] {14, 15, 16, 18, 19}) {
      suites.add(new IkeSuite(encr, 192, 5, 0, 31, 2));
    }
    suites.add(new IkeSuite(28, 0, 5, 0, 31, 3));
    suites.add(new IkeSuite(12, 192, 6, 13, 31, 3));
    for (int bits : new int[] {128, 192, 256}) {
      suites.add(new IkeSuite(13, bits, 5, 12, 31, 3));
    }
    for (int ke : new int[] {15, 16, 21, 28, 29, 30, 32}) {
      suites.add(new IkeSuite(20, 256, 5, 0, ke, 3));
    }
    return suites.build();
  }

  @ParameterizedTest
  @MethodSource("rareSuites")
  void registersWithWhatIsOfferedSpecially(IkeSuite suite) throws Exception {
    ResponderTestPeer peer = new ResponderTestPeer(suite, new Deterministic(2));
    Proposal only = new Proposal(1, ProtocolId.IKE, Octets.EMPTY, peer.proposal().transforms());
    Conversation c = new Conversation(Samples.settings(500, List.of(only)), peer);
    c.start();
    c.deliver(c.peer.init(c.sent(), only));
    c.peer.open(c.sent());
    c.deliver(c.peer.auth());
    assertThat(((Established) c.effects.get(0)).info().suite()).contains(suite);
    c.only(Registered.class).answer().close();
  }

  @ParameterizedTest
  @MethodSource("suites")
  void registersWithEverySuite(IkeSuite suite) throws Exception {
    Conversation c = new Conversation(suite);
    c.start();
    if (suite.keMethod() != 31) {
      NotifyPayload wanted =
          NotifyPayload.of(NotifyType.INVALID_KE_PAYLOAD, Octets.ofU16(suite.keMethod()));
      c.deliver(ResponderTestPeer.initNotify(c.sent(), wanted));
    }
    c.deliver(c.peer.init(c.sent()));
    c.peer.open(c.sent());
    c.deliver(c.peer.auth());

    assertThat(c.effects).hasSize(2);
    Established established = (Established) c.effects.get(0);
    assertThat(established.info().suite()).contains(suite);
    assertThat(established.info().spiR()).isEqualTo(c.peer.spiR);
    Registered registered = (Registered) c.effects.get(1);
    assertThat(registered.group()).isEqualTo(Samples.VIDEO);
    assertThat(registered.answer().gsa()).isEqualTo(Samples.gsa());
    GroupKeyBag bag =
        registered.answer().kd().groupKeyBag(ProtocolId.ESP, Samples.ESP_SPI).orElseThrow();
    Octets wrapped = bag.saKeys().get(0).encryptedKey();
    try (RegistrationAnswer answer = registered.answer();
        Secret tek = answer.keyWrap().unwrap(wrapped.toByteArray())) {
      assertThat(tek.bytes()).isEqualTo(Samples.TEK);
    }
  }

  @Test
  void theFirstRequestIsWhatRfc9838Wants() throws Exception {
    Conversation c = new Conversation();
    c.start();
    assertThat(c.only(Send.class).path()).isEqualTo(Samples.PATH);
    IkeMessage request = IkeMessage.decode(c.sent());
    IkeHeader header = request.header();
    assertThat(header.spiI()).isNotZero();
    assertThat(header.spiR()).isZero();
    assertThat(header.exchangeType()).isEqualTo(ExchangeType.IKE_SA_INIT);
    assertThat(header.initiator()).isTrue();
    assertThat(header.response()).isFalse();
    assertThat(header.messageId()).isZero();
    assertThat(request.payloads())
        .extracting(Payload::type)
        .containsExactly(
            PayloadType.SA,
            PayloadType.KE,
            PayloadType.NONCE,
            PayloadType.NOTIFY,
            PayloadType.NOTIFY,
            PayloadType.NOTIFY);
    assertThat(request.chain().notification(NotifyType.IKEV2_FRAGMENTATION_SUPPORTED)).isPresent();
    List<Proposal> offered = request.chain().required(SaPayload.class).proposals();
    assertThat(offered).hasSize(2).allSatisfy(p -> assertThat(p.transforms(13)).hasSize(2));
    assertThat(offered.get(0).transforms()).hasSize(3 + 3 + 4 + 2);
    assertThat(offered.get(1).transforms()).hasSize(2 + 3 + 3 + 4 + 2);
  }

  @Test
  void gsaAuthAsksForTheGroup() throws Exception {
    Conversation c = Conversation.authenticating();
    assertThat(IkeHeader.decode(c.sent()).messageId()).isEqualTo(1);
    assertThat(IkeHeader.decode(c.sent()).exchangeType()).isEqualTo(ExchangeType.GSA_AUTH);
    PayloadChain request = c.peer.open(c.sent());
    assertThat(request.payloads())
        .extracting(Payload::type)
        .containsExactly(
            PayloadType.IDI,
            PayloadType.IDR,
            PayloadType.AUTH,
            PayloadType.IDG,
            PayloadType.SA,
            PayloadType.NOTIFY,
            PayloadType.NOTIFY);
    assertThat(request.identification(PayloadType.IDI)).contains(Samples.MEMBER_ID);
    assertThat(request.identification(PayloadType.IDR)).contains(Samples.GCKS_ID);
    assertThat(request.identification(PayloadType.IDG)).contains(Samples.VIDEO);
    assertThat(request.required(SaPayload.class)).isEqualTo(Samples.video().sag().orElseThrow());
    assertThat(request.required(AuthPayload.class).method()).isEqualTo(2);
    assertThat(request.notification(NotifyType.GROUP_SENDER).orElseThrow().data())
        .isEqualTo(Octets.ofU32(1));
    assertThat(request.notification(NotifyType.INITIAL_CONTACT)).isPresent();
  }

  @Test
  void statusNotifiesOfTheAnswerAreHandedOn() throws Exception {
    Conversation c = Conversation.authenticating();
    NotifyPayload transport = NotifyPayload.of(NotifyType.USE_TRANSPORT_MODE);
    c.deliver(c.peer.auth(Samples.gsa(), Samples.kd(c.peer.keyWrap()), transport));
    assertThat(c.only(Registered.class).answer().notifies()).containsExactly(transport);
  }

  @Test
  void theSameInputsGiveTheSameOctets() throws Exception {
    Conversation one = Conversation.authenticating();
    Conversation two = Conversation.authenticating();
    assertThat(one.sent()).isEqualTo(two.sent());
  }
}
