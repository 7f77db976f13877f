package io.gkm.lab.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.ike.IkeEffect.Closed;
import io.gkm.ike.IkeEffect.InbandRekey;
import io.gkm.ike.IkeEffect.Registered;
import io.gkm.ike.IkeOptions;
import io.gkm.ike.SaSpis;
import io.gkm.ike.SessionInfo;
import io.gkm.ike.crypto.KeyWrap;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.DeletePayload;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.ProtocolId;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Rekeys of the IKE SA between the member's session and the lab key server, with and without loss.
 */
class SaRekeyAgainstKeyServerTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private static SessionNetwork registered(long seed, Duration rekeyAfter) {
    IkeOptions options = new IkeOptions(576, 1280, rekeyAfter, Duration.ZERO);
    SessionNetwork network = new SessionNetwork(seed, options, 1);
    network.start();
    network.pass(Duration.ofSeconds(30));
    assertThat(network.all(Registered.class)).hasSize(1);
    return network;
  }

  private static MemberSa sa(SessionNetwork network) {
    List<MemberSa> sas = network.server.sas("gm1");
    assertThat(sas).hasSize(1);
    return sas.get(0);
  }

  private static SaSpis spis(SessionNetwork network) {
    SessionInfo info = network.session.info();
    return new SaSpis(info.spiI(), info.spiR());
  }

  /** Both ends agree on which IKE SA it is, on its keys, and can ask over it. */
  private static void assertInStep(SessionNetwork network) throws Exception {
    assertThat(network.all(Closed.class)).isEmpty();
    assertThat(spis(network)).isEqualTo(sa(network).spis());
    int rekeys = network.all(InbandRekey.class).size();
    network.sendFromServer(
        sa(network)
            .ask(
                network.now,
                ExchangeType.GSA_INBAND_REKEY,
                List.of(DeletePayload.all(ProtocolId.ESP)),
                (now, answer) -> assertThat(answer).isPresent()));
    network.settle();
    List<InbandRekey> got = network.all(InbandRekey.class);
    assertThat(got).hasSize(rekeys + 1);
    try (InbandRekey latest = got.get(rekeys);
        KeyWrap theirs = sa(network).keyWrap();
        Secret key = Secret.copyOf(new byte[32])) {
      assertThat(latest.keyWrap().unwrap(theirs.wrap(key))).isEqualTo(key);
    }
    int registrations = network.all(Registered.class).size();
    network.perform(network.session.register(network.now, SessionNetwork.request()));
    network.settle();
    assertThat(network.all(Registered.class)).hasSize(registrations + 1);
  }

  @Test
  void theMemberRekeysAgainAndAgain() throws Exception {
    SessionNetwork network = registered(1, HOUR);
    for (int i = 0; i < 5; i++) {
      SaSpis before = spis(network);
      network.pass(HOUR);
      assertThat(spis(network)).isNotEqualTo(before);
      assertInStep(network);
    }
  }

  @Test
  void theKeyServerRekeysAgainAndAgain() throws Exception {
    SessionNetwork network = registered(2, Duration.ZERO);
    for (int i = 0; i < 8; i++) {
      SaSpis before = spis(network);
      network.sendFromServer(sa(network).rekey(network.now));
      network.settle();
      assertThat(spis(network)).isNotEqualTo(before);
      assertInStep(network);
    }
  }

  @Test
  void bothAtOnceLeaveOne() throws Exception {
    for (long seed = 0; seed < 20; seed++) {
      SessionNetwork network = registered(seed, HOUR);
      SaSpis before = spis(network);
      network.now = network.session.deadline().orElseThrow();
      network.perform(network.session.tick(network.now));
      network.sendFromServer(sa(network).rekey(network.now));
      network.pass(Duration.ofSeconds(1));
      assertThat(spis(network)).isNotEqualTo(before);
      assertInStep(network);
    }
  }

  @Test
  void whateverIsLostBothEndUpOnOne() throws Exception {
    for (long seed = 0; seed < 150; seed++) {
      SessionNetwork network = registered(seed, HOUR);
      Random random = new Random(seed);
      network.lost = octets -> random.nextInt(10) < 4;
      network.now = network.session.deadline().orElseThrow();
      if (seed % 3 != 0) {
        network.perform(network.session.tick(network.now));
      }
      if (seed % 3 != 1) {
        network.sendFromServer(sa(network).rekey(network.now));
      }
      network.perform(network.session.register(network.now, SessionNetwork.request()));
      network.pass(Duration.ofSeconds(20));
      network.lost = octets -> false;
      network.pass(Duration.ofSeconds(130));
      assertThat(network.all(Closed.class)).as("seed %d", seed).isEmpty();
      assertInStep(network);
    }
  }

  @Test
  void closingAfterARekeyIsUnderstood() {
    SessionNetwork network = registered(4, HOUR);
    network.pass(HOUR);
    network.perform(network.session.close(network.now));
    network.settle();
    assertThat(network.all(Closed.class)).hasSize(1);
    assertThat(network.server.sas("gm1")).isEmpty();
  }

  @Test
  void theKeyServerSeesWhoIsAlive() throws Exception {
    SessionNetwork network = registered(5, Duration.ZERO);
    network.sendFromServer(sa(network).checkLiveness(network.now));
    network.pass(Duration.ofSeconds(70));
    assertThat(network.server.sas("gm1")).hasSize(1);
    network.lost = octets -> true;
    network.sendFromServer(sa(network).checkLiveness(network.now));
    network.pass(Duration.ofSeconds(70));
    assertThat(network.server.sas("gm1")).isEmpty();
  }
}
