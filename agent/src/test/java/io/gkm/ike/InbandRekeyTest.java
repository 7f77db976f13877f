package io.gkm.ike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gkm.ike.IkeEffect.Closed;
import io.gkm.ike.IkeEffect.InbandRekey;
import io.gkm.ike.IkeEffect.Send;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.DeletePayload;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.GroupKeyBag;
import io.gkm.ike.wire.NotifyPayload;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.ProtocolId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** GSA_INBAND_REKEY as the key server's request. */
@Tag("GM-24")
class InbandRekeyTest {
  private static final int INBAND = ExchangeType.GSA_INBAND_REKEY;

  private static Conversation established() throws Exception {
    Conversation c = Conversation.established();
    c.only(IkeEffect.Registered.class).answer().close();
    return c;
  }

  @Test
  void newKeysAreHandedOnAndAnsweredByAnEmptyMessage() throws Exception {
    Conversation c = established();
    NotifyPayload transport = NotifyPayload.of(NotifyType.USE_TRANSPORT_MODE);
    Payload[] payloads = {Samples.gsa(), Samples.kd(c.peer.keyWrap()), transport};
    byte[] request = c.peer.request(INBAND, 0, payloads);
    c.deliver(request);

    byte[] answer = c.sent();
    assertThat(c.peer.open(answer).payloads()).isEmpty();
    assertThat(c.effects.get(0)).as("the answer comes first").isInstanceOf(Send.class);
    InbandRekey rekey = c.only(InbandRekey.class);
    assertThat(rekey.gsa()).contains(Samples.gsa());
    assertThat(rekey.deletes()).isEmpty();
    assertThat(rekey.notifies()).containsExactly(transport);
    GroupKeyBag bag =
        rekey.kd().orElseThrow().groupKeyBag(ProtocolId.ESP, Samples.ESP_SPI).orElseThrow();
    byte[] wrapped = bag.saKeys().get(0).encryptedKey().toByteArray();
    c.session.destroy();
    try (Secret tek = rekey.keyWrap().unwrap(wrapped)) {
      assertThat(tek.bytes()).as("usable after the IKE SA is gone").isEqualTo(Samples.TEK);
    }
    rekey.close();
    assertThatThrownBy(() -> rekey.keyWrap().unwrap(wrapped))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aRepeatedRequestIsAnsweredAgainAndHandedOnOnce() throws Exception {
    Conversation c = established();
    byte[] request =
        c.peer.request(INBAND, 0, DeletePayload.groupSas(ProtocolId.ESP, List.of(Samples.ESP_SPI)));
    c.deliver(request);
    byte[] answer = c.sent();
    InbandRekey rekey = c.only(InbandRekey.class);
    assertThat(rekey.gsa()).isEmpty();
    assertThat(rekey.kd()).isEmpty();
    assertThat(rekey.deletes()).hasSize(1);
    rekey.close();
    c.deliver(request);
    assertThat(c.sent()).isEqualTo(answer);
    assertThat(c.effects).hasSize(1);
  }

  static Stream<List<Payload>> incomplete() throws Exception {
    Payload kd = Samples.kd(Conversation.established().peer.keyWrap());
    return Stream.of(
        List.of(),
        List.of(Samples.gsa()),
        List.of(kd),
        List.of(Samples.gsa(), Samples.gsa(), kd),
        List.of(Samples.gsa(), kd, kd),
        List.of(NotifyPayload.of(NotifyType.USE_TRANSPORT_MODE)));
  }

  @ParameterizedTest
  @MethodSource("incomplete")
  void anIncompleteOneIsASyntaxErrorAndTheEnd(List<Payload> payloads) throws Exception {
    Conversation c = established();
    c.deliver(c.peer.request(INBAND, 0, payloads.toArray(new Payload[0])));
    assertThat(c.peer.open(c.sent()).firstError().orElseThrow().notifyType())
        .isEqualTo(NotifyType.INVALID_SYNTAX);
    assertThat(c.only(Closed.class).reason()).isEqualTo(CloseReason.INVALID_SYNTAX);
    assertThat(c.effects).noneMatch(InbandRekey.class::isInstance);
  }

  @Test
  void anotherRekeyIsNotTakenBeforeAuthentication() throws Exception {
    Conversation c = Conversation.authenticating();
    c.deliver(c.peer.request(INBAND, 0, Samples.gsa(), Samples.kd(c.peer.keyWrap())));
    c.assertIgnored();
  }

  @Test
  void whoIsLeavingGetsNoKeys() throws Exception {
    Conversation c = established();
    c.keep(c.session.close(c.now));
    c.deliver(c.peer.request(INBAND, 0, Samples.gsa(), Samples.kd(c.peer.keyWrap())));
    assertThat(c.effects).singleElement().isInstanceOf(Send.class);
  }

  @Test
  void noDamagedOneCounts() throws Exception {
    Conversation c = established();
    byte[] request = c.peer.request(INBAND, 0, Samples.gsa(), Samples.kd(c.peer.keyWrap()));
    for (int at = 0; at < request.length; at++) {
      // The version's low half is the minor version, which nothing depends on but the ICV.
      byte[] wrong = request.clone();
      wrong[at] ^= 0x10;
      c.deliver(wrong);
      c.assertIgnored();
      c.deliver(Arrays.copyOf(request, at));
      c.assertIgnored();
    }
    c.deliver(request);
    c.only(InbandRekey.class).close();
  }
}
