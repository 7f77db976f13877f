package io.gkm.ike;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.ike.IkeEffect.Closed;
import io.gkm.ike.IkeEffect.Registered;
import io.gkm.ike.IkeEffect.Send;
import io.gkm.ike.crypto.IkeSuite;
import io.gkm.ike.wire.IkeMessage;
import io.gkm.ike.wire.KeMethod;
import io.gkm.ike.wire.KePayload;
import io.gkm.ike.wire.KwaId;
import io.gkm.ike.wire.NoncePayload;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.Proposal;
import io.gkm.ike.wire.SaPayload;
import io.gkm.ike.wire.Transform;
import io.gkm.ike.wire.TransformType;
import io.gkm.ike.wire.VendorIdPayload;
import io.gkm.ike.wire.WireException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InitExchangeTest {
  private static final IkeSuite ECP_384 = new IkeSuite(20, 256, 6, 0, KeMethod.ECP_384, 3);

  @ParameterizedTest
  @ValueSource(ints = {1, 64})
  void cookieComesBackInFrontOfTheSameRequest(int octets) throws Exception {
    Conversation c = new Conversation();
    c.start();
    byte[] first = c.sent();
    NotifyPayload cookie = cookie(octets);
    c.deliver(ResponderTestPeer.initNotify(first, cookie));

    IkeMessage before = IkeMessage.decode(first);
    IkeMessage again = IkeMessage.decode(c.sent());
    assertThat(again.header().spiI()).isEqualTo(before.header().spiI());
    assertThat(again.header().messageId()).isZero();
    List<Payload> expected = new ArrayList<>(List.of(cookie));
    expected.addAll(before.payloads());
    assertThat(again.payloads()).isEqualTo(expected);
    finish(c);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 65})
  void cookieOfAnImpossibleLengthIsIgnored(int octets) throws Exception {
    Conversation c = new Conversation();
    c.start();
    byte[] first = c.sent();
    c.deliver(ResponderTestPeer.initNotify(first, cookie(octets)));
    c.assertIgnored();
    c.deliver(c.peer.init(first));
    finishAuth(c);
  }

  @Test
  void twoCookiesAreIgnored() throws Exception {
    Conversation c = new Conversation();
    c.start();
    c.deliver(ResponderTestPeer.initNotify(c.sent(), cookie(8), cookie(9)));
    c.assertIgnored();
  }

  @Test
  void aRepeatedCookieAnswerCausesNoRequest() throws Exception {
    Conversation c = new Conversation();
    c.start();
    byte[] answer = ResponderTestPeer.initNotify(c.sent(), cookie(8));
    c.deliver(answer);
    byte[] again = c.sent();
    c.deliver(answer);
    c.assertIgnored();
    c.deliver(c.peer.init(again));
    finishAuth(c);
  }

  @Test
  void cookieRoundsAreBounded() throws Exception {
    Conversation c = new Conversation();
    c.start();
    byte[] last = c.sent();
    for (int i = 0; i < InitExchange.MAX_COOKIES; i++) {
      c.deliver(ResponderTestPeer.initNotify(last, cookie(8 + i)));
      last = c.sent();
    }
    c.deliver(ResponderTestPeer.initNotify(last, cookie(40)));
    c.assertIgnored();
    c.deliver(c.peer.init(last));
    finishAuth(c);
  }

  @Test
  void invalidKePayloadChangesTheKeyShareOnly() throws Exception {
    Conversation c = new Conversation(ECP_384);
    c.start();
    PayloadChain before = IkeMessage.decode(c.sent()).chain();
    c.deliver(ResponderTestPeer.initNotify(c.sent(), wanted(KeMethod.ECP_384)));
    PayloadChain again = IkeMessage.decode(c.sent()).chain();
    assertThat(again.required(KePayload.class).method()).isEqualTo(KeMethod.ECP_384);
    assertThat(again.required(SaPayload.class)).isEqualTo(before.required(SaPayload.class));
    assertThat(again.required(NoncePayload.class)).isEqualTo(before.required(NoncePayload.class));
    finish(c);
  }

  @Test
  void aCookieIsKeptWhenTheKeyShareChanges() throws Exception {
    Conversation c = new Conversation(ECP_384);
    c.start();
    c.deliver(ResponderTestPeer.initNotify(c.sent(), cookie(20)));
    c.deliver(ResponderTestPeer.initNotify(c.sent(), wanted(KeMethod.ECP_384)));
    PayloadChain again = IkeMessage.decode(c.sent()).chain();
    assertThat(again.payloads().get(0)).isEqualTo(cookie(20));
    assertThat(again.required(KePayload.class).method()).isEqualTo(KeMethod.ECP_384);
    finish(c);
  }

  @Test
  void aKeyShareIsKeptWhenTheCookieChanges() throws Exception {
    Conversation c = new Conversation(ECP_384);
    c.start();
    c.deliver(ResponderTestPeer.initNotify(c.sent(), wanted(KeMethod.ECP_384)));
    KePayload share = IkeMessage.decode(c.sent()).chain().required(KePayload.class);
    c.deliver(ResponderTestPeer.initNotify(c.sent(), cookie(20)));
    PayloadChain again = IkeMessage.decode(c.sent()).chain();
    assertThat(again.payloads().get(0)).isEqualTo(cookie(20));
    assertThat(again.required(KePayload.class)).isEqualTo(share);
    finish(c);
  }

  @Test
  void invalidKePayloadIsTakenOncePerMethodAndOnlyForOfferedOnes() throws Exception {
    Conversation c = new Conversation(ECP_384);
    c.start();
    byte[] first = c.sent();
    c.deliver(ResponderTestPeer.initNotify(first, wanted(KeMethod.CURVE25519)));
    c.assertIgnored();
    c.deliver(ResponderTestPeer.initNotify(first, wanted(KeMethod.ECP_521)));
    c.assertIgnored();
    c.deliver(
        ResponderTestPeer.initNotify(
            first, NotifyPayload.of(NotifyType.INVALID_KE_PAYLOAD, Octets.ofU32(20))));
    c.assertIgnored();
    c.deliver(ResponderTestPeer.initNotify(first, wanted(KeMethod.ECP_384)));
    byte[] again = c.sent();
    c.deliver(ResponderTestPeer.initNotify(first, wanted(KeMethod.ECP_384)));
    c.assertIgnored();
    c.deliver(ResponderTestPeer.initNotify(first, wanted(KeMethod.CURVE25519)));
    c.assertIgnored();
    c.deliver(c.peer.init(again));
    finishAuth(c);
  }

  @Test
  void anErrorInClearIsAHintAndTheExchangeGoesOn() throws Exception {
    Conversation c = new Conversation();
    c.start();
    byte[] request = c.sent();
    c.deliver(
        ResponderTestPeer.initNotify(request, NotifyPayload.of(NotifyType.NO_PROPOSAL_CHOSEN)));
    c.assertIgnored();
    c.deliver(c.peer.init(request));
    finishAuth(c);
  }

  @ParameterizedTest
  @MethodSource("hints")
  void theLastErrorInClearIsTheReasonInTheEnd(int type, CloseReason reason) throws Exception {
    Conversation c = new Conversation();
    c.start();
    byte[] request = c.sent();
    c.deliver(ResponderTestPeer.initNotify(request, NotifyPayload.of(NotifyType.INVALID_SYNTAX)));
    c.deliver(ResponderTestPeer.initNotify(request, NotifyPayload.of(type)));
    c.keep(c.session.tick(c.after(RetransmitPolicy.STANDARD.total())));
    assertThat(c.only(Closed.class).reason()).isEqualTo(reason);
    assertThat(c.only(Closed.class).detail()).contains("IKE_SA_INIT", NotifyType.name(type));
  }

  static Stream<Object[]> hints() {
    return Stream.of(
        new Object[] {NotifyType.NO_PROPOSAL_CHOSEN, CloseReason.NO_PROPOSAL_CHOSEN},
        new Object[] {NotifyType.INVALID_SYNTAX, CloseReason.INVALID_SYNTAX},
        new Object[] {NotifyType.TEMPORARY_FAILURE, CloseReason.PROTOCOL_ERROR});
  }

  /** Choices that were not offered, or are no choice. */
  static Stream<Proposal> badChoices() {
    ResponderTestPeer peer = new ResponderTestPeer(Conversation.GCM, new Deterministic(3));
    Proposal good = peer.proposal();
    Stream<Proposal> missing =
        IntStream.range(0, good.transforms().size())
            .mapToObj(
                i -> {
                  List<Transform> rest = new ArrayList<>(good.transforms());
                  rest.remove(i);
                  return with(good, rest);
                });
    Stream<Proposal> repeated =
        good.transforms().stream().map(t -> with(good, plus(good.transforms(), t)));
    Stream<Proposal> others =
        Stream.of(
            with(good, replaced(good, Transform.of(TransformType.KWA, KwaId.KW_5649_192))),
            with(good, replaced(good, Transform.of(TransformType.KWA, KwaId.KW_ARX))),
            with(good, replaced(good, Transform.of(TransformType.KWA, 4711))),
            with(good, replaced(good, Transform.of(TransformType.ENCR, 20))),
            with(good, replaced(good, Transform.of(TransformType.ENCR, 20, 192))),
            with(good, replaced(good, Transform.of(TransformType.ENCR, 12, 256))),
            with(good, replaced(good, Transform.of(TransformType.PRF, 2))),
            with(good, replaced(good, Transform.of(TransformType.KE, KeMethod.ECP_256))),
            with(good, replaced(good, Transform.of(TransformType.KE, KeMethod.ML_KEM_768))),
            with(good, plus(good.transforms(), Transform.of(TransformType.INTEG, 12))),
            with(good, plus(good.transforms(), Transform.of(TransformType.SN, 0))),
            new Proposal(2, good.protocolId(), good.spi(), good.transforms()),
            new Proposal(3, good.protocolId(), good.spi(), good.transforms()),
            new Proposal(1, 3, good.spi(), good.transforms()),
            new Proposal(1, 1, Octets.ofHex("0011223344556677"), good.transforms()));
    return Stream.of(missing, repeated, others).flatMap(s -> s);
  }

  @ParameterizedTest
  @MethodSource("badChoices")
  void aChoiceThatWasNotOfferedIsIgnored(Proposal choice) throws Exception {
    Conversation c = new Conversation();
    c.start();
    byte[] request = c.sent();
    c.deliver(c.peer.init(request, choice));
    c.assertIgnored();
    c.deliver(c.peer.init(request));
    finishAuth(c);
  }

  @Test
  void missingRepeatedAndUnfitPayloadsAreIgnored() throws Exception {
    Conversation c = new Conversation();
    c.start();
    byte[] request = c.sent();
    List<Payload> good = IkeMessage.decode(c.peer.init(request)).payloads();
    List<List<Payload>> bad = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      List<Payload> missing = new ArrayList<>(good);
      bad.add(List.copyOf(plus(good, missing.remove(i))));
      bad.add(missing);
    }
    bad.add(List.of());
    bad.add(exchanged(good, new KePayload(KeMethod.CURVE25519, Octets.of(new byte[32])), 1));
    bad.add(exchanged(good, new KePayload(KeMethod.CURVE25519, Octets.of(new byte[31])), 1));
    bad.add(exchanged(good, new KePayload(KeMethod.ECP_256, Octets.of(new byte[64])), 1));
    bad.add(exchanged(good, new SaPayload(List.of(proposal(), proposal())), 0));
    bad.add(plus(good, NotifyPayload.of(NotifyType.NO_PROPOSAL_CHOSEN)));
    for (List<Payload> payloads : bad) {
      c.deliver(c.peer.clear(99, 34, 0, payloads));
      c.assertIgnored();
    }
    c.deliver(c.peer.clear(0, 34, 0, good));
    c.assertIgnored();
    c.deliver(c.peer.clear(99, 34, 1, good));
    c.assertIgnored();
    c.deliver(c.peer.clear(99, 35, 0, good));
    c.assertIgnored();
    c.deliver(c.peer.init(request));
    finishAuth(c);
  }

  @Test
  void aNonceShorterThanHalfTheKeyOfThePrfIsIgnored() throws Exception {
    Conversation c = new Conversation(new IkeSuite(20, 256, 7, 0, 31, 3));
    c.start();
    byte[] request = c.sent();
    List<Payload> good = IkeMessage.decode(c.peer.init(request)).payloads();
    NoncePayload tooShort = new NoncePayload(Octets.of(new byte[31]));
    c.deliver(c.peer.clear(c.peer.spiR, 34, 0, exchanged(good, tooShort, 2)));
    c.assertIgnored();
    c.deliver(c.peer.init(request));
    finishAuth(c);
  }

  @Test
  void unknownPayloadsAreSkippedUnlessCritical() throws Exception {
    Conversation c = new Conversation();
    c.start();
    byte[] request = c.sent();
    byte[] withVendorId = withVendorId(c.peer.init(request));
    int vendorHeader = withVendorId.length - 6;
    byte[] critical = retyped(withVendorId, 200, vendorHeader, 0x80);
    c.deliver(critical);
    c.assertIgnored();
    c.peer.response = retyped(withVendorId, 200, vendorHeader, 0);
    c.deliver(c.peer.response);
    finishAuth(c);
  }

  @Test
  void anAnswerFromElsewhereIsIgnored() throws Exception {
    Conversation c = new Conversation();
    c.start();
    byte[] answer = c.peer.init(c.sent());
    UdpPath elsewhere = UdpPath.of(Samples.MEMBER, Samples.address(192, 0, 2, 66), 500);
    c.deliver(elsewhere, answer);
    c.assertIgnored();
    c.deliver(answer);
    finishAuth(c);
  }

  /** RFC 7296 section 2.4: whoever answers first need not be the GCKS. */
  @Test
  void aForgedAnswerDoesNotKeepTheGcksOut() throws Exception {
    Conversation c = new Conversation();
    c.start();
    byte[] request = c.sent();
    ResponderTestPeer forger = new ResponderTestPeer(Conversation.GCM, new Deterministic(66));
    forger.seenMember = Samples.PATH_4500.local(); // it even makes us believe in a NAT
    c.deliver(forger.init(request));
    assertThat(c.only(Send.class).path()).isEqualTo(Samples.PATH_4500);
    c.deliver(c.peer.init(request));
    assertThat(c.only(Send.class).path()).isEqualTo(Samples.PATH);
    finishAuth(c);
    assertThat(c.session.info().nat().found()).isFalse();
    c.deliver(Samples.PATH_4500, forger.auth());
    c.assertIgnored();
  }

  @Test
  void forgedAnswersAreBoundedAndOnlyTheLastOneGoneEndsTheSession() throws Exception {
    Conversation c = new Conversation();
    c.start();
    byte[] request = c.sent();
    for (int i = 0; i < Connecting.MAX_ANSWERS; i++) {
      byte[] forged =
          new ResponderTestPeer(Conversation.GCM, new Deterministic(70 + i)).init(request);
      c.deliver(forged);
      c.sent();
      c.deliver(forged);
      c.assertIgnored();
      c.after(Duration.ofSeconds(1));
    }
    c.deliver(c.peer.init(request));
    c.assertIgnored();
    List<IkeEffect> all = new ArrayList<>();
    while (c.session.deadline().isPresent()) {
      c.now = c.session.deadline().get();
      all.addAll(c.session.tick(c.now));
    }
    assertThat(all.get(all.size() - 1)).isInstanceOf(Closed.class);
    assertThat(all).filteredOn(Closed.class::isInstance).hasSize(1);
  }

  private static void finish(Conversation c) throws Exception {
    c.deliver(c.peer.init(c.sent()));
    finishAuth(c);
  }

  private static void finishAuth(Conversation c) throws Exception {
    c.deliver(c.peer.auth());
    c.only(Registered.class);
  }

  private static NotifyPayload cookie(int octets) {
    byte[] data = new byte[octets];
    Arrays.fill(data, (byte) octets);
    return NotifyPayload.of(NotifyType.COOKIE, Octets.of(data));
  }

  private static NotifyPayload wanted(int method) {
    return NotifyPayload.of(NotifyType.INVALID_KE_PAYLOAD, Octets.ofU16(method));
  }

  private static Proposal proposal() {
    return new ResponderTestPeer(Conversation.GCM, new Deterministic(3)).proposal();
  }

  private static Proposal with(Proposal proposal, List<Transform> transforms) {
    return new Proposal(proposal.number(), proposal.protocolId(), proposal.spi(), transforms);
  }

  private static List<Transform> replaced(Proposal proposal, Transform other) {
    return proposal.transforms().stream().map(t -> t.type() == other.type() ? other : t).toList();
  }

  private static <T> List<T> plus(List<T> list, T more) {
    List<T> result = new ArrayList<>(list);
    result.add(more);
    return result;
  }

  private static List<Payload> exchanged(List<Payload> payloads, Payload other, int at) {
    List<Payload> result = new ArrayList<>(payloads);
    result.set(at, other);
    return result;
  }

  private static byte[] withVendorId(byte[] message) throws WireException {
    IkeMessage decoded = IkeMessage.decode(message);
    Payload vendorId = new VendorIdPayload(Octets.ofHex("abcd"));
    return new IkeMessage(decoded.header(), plus(decoded.payloads(), vendorId)).encode();
  }

  /** Turns the Vendor ID at the end into a payload of another type, with these header flags. */
  private static byte[] retyped(byte[] message, int type, int at, int flags) {
    byte[] result = message.clone();
    // The payload in front of it is a NAT detection notify: 4 + 4 + 20 octets.
    result[at - 28] = (byte) type;
    result[at + 1] = (byte) flags;
    return result;
  }
}
