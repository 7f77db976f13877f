package io.gkm.lab.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.ike.IkeEffect.InbandRekey;
import io.gkm.ike.IkeEffect.Registered;
import io.gkm.ike.IkeOptions;
import io.gkm.ike.wire.DeletePayload;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.Payload;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.ProtocolId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The key server's own requests, and fragments both ways, against the member's IKE session. */
class ServerRequestsTest {
  private static final List<Payload> DELETE_ALL = List.of(DeletePayload.all(ProtocolId.ESP));
  private static final int INBAND = ExchangeType.GSA_INBAND_REKEY;

  private final List<Optional<PayloadChain>> outcomes = new ArrayList<>();

  private static SessionNetwork registered(IkeOptions options, int sas) {
    SessionNetwork network = new SessionNetwork(1, options, sas);
    network.start();
    network.all(Registered.class).forEach(r -> r.answer().close());
    assertThat(network.all(Registered.class)).hasSize(1);
    return network;
  }

  private void ask(SessionNetwork network) throws Exception {
    MemberSa sa = network.server.sas("gm1").get(0);
    network.sendFromServer(
        sa.ask(network.now, INBAND, DELETE_ALL, (now, answer) -> outcomes.add(answer)));
  }

  @Test
  void oneAtATimeInOrder() throws Exception {
    SessionNetwork network = registered(IkeOptions.STANDARD, 1);
    for (int i = 0; i < 3; i++) {
      ask(network);
    }
    network.settle();
    assertThat(outcomes).hasSize(3).allMatch(a -> a.orElseThrow().payloads().isEmpty());
    assertThat(network.all(InbandRekey.class)).hasSize(3);
    assertThat(network.server.deadline()).isEmpty();
  }

  @Test
  void aLostOneIsSentAgainAndALostAnswerToo() throws Exception {
    SessionNetwork network = registered(IkeOptions.STANDARD, 1);
    int before = network.sent;
    network.lost = octets -> network.sent == before + 1 || network.sent == before + 3;
    ask(network);
    network.pass(Duration.ofSeconds(10));
    assertThat(outcomes).hasSize(1).allMatch(Optional::isPresent);
    assertThat(network.all(InbandRekey.class)).hasSize(1);
    assertThat(network.sent).isEqualTo(before + 5);
  }

  @Test
  void aMemberThatNeverAnswersIsGivenUp() throws Exception {
    SessionNetwork network = registered(IkeOptions.STANDARD, 1);
    network.lost = octets -> true;
    ask(network);
    ask(network);
    network.pass(Duration.ofSeconds(130));
    assertThat(outcomes).hasSize(2).allMatch(Optional::isEmpty);
  }

  @Test
  void registersInFragmentsBothWays() {
    SessionNetwork whole = registered(new IkeOptions(0, 0), 20);
    SessionNetwork fragmented = registered(new IkeOptions(160, 160), 20);
    assertThat(fragmented.sent).isGreaterThan(whole.sent + 10);
    assertThat(fragmented.all(Registered.class).get(0).answer().gsa().saPolicies()).hasSize(20);
  }

  @Test
  void fragmentsThatAreLostComeWithARetransmission() {
    SessionNetwork network = new SessionNetwork(2, new IkeOptions(160, 160), 20);
    Random random = new Random(3);
    network.lost = octets -> random.nextInt(5) == 0;
    network.start();
    network.pass(Duration.ofSeconds(59));
    assertThat(network.all(Registered.class)).hasSize(1);
    network.all(Registered.class).forEach(r -> r.answer().close());
  }
}
