package io.gkm.lab.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.group.GroupPhase;
import io.gkm.group.GroupSettings;
import io.gkm.group.GroupStatus;
import io.gkm.group.MemberEvent.Kind;
import io.gkm.group.Role;
import io.gkm.ike.crypto.CryptoException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The real member, IKE session included, against the lab key server, in memory. */
class MemberAgainstKeyServerTest {
  private static final GroupSettings VIDEO =
      MemberNetwork.group("video", Role.BOTH, "0.0.0.0/0 -> 239.1.1.1/32 udp/5000");
  private static final GroupSettings AUDIO =
      MemberNetwork.group("audio", Role.BOTH, "0.0.0.0/0 -> 239.1.1.2/32 udp/6000");

  private static MemberNetwork started(long seed, double loss, GroupSettings... groups) {
    MemberNetwork network = new MemberNetwork(seed, loss, "right", List.of(groups));
    network.start();
    return network;
  }

  @Test
  void holdsExactlyWhatTheKeyServerHandedOut() throws CryptoException {
    MemberNetwork network = started(1, 0, VIDEO, AUDIO);
    network.pass(Duration.ofSeconds(1));

    assertThat(network.held())
        .hasSize(2)
        .containsExactlyInAnyOrderElementsOf(network.server().handedOut(network.now));
    assertThat(network.events)
        .extracting(event -> event.kind())
        .containsExactly(Kind.CONNECTED, Kind.REGISTERED, Kind.REGISTERED, Kind.LIMITED);
  }

  @Test
  void renewsOverTheSameIkeSaAndLeaves() throws CryptoException {
    MemberNetwork network = started(2, 0, VIDEO, AUDIO);
    network.pass(Duration.ofSeconds(1));
    List<HandedOut> before = network.held();

    network.pass(Duration.ofSeconds(950));

    assertThat(network.held())
        .containsExactlyInAnyOrderElementsOf(network.server().handedOut(network.now))
        .doesNotContainAnyElementsOf(before);
    assertThat(network.events).extracting(event -> event.kind()).containsOnlyOnce(Kind.CONNECTED);

    network.shutdown();
    assertThat(network.held()).isEmpty();
    network.pass(Duration.ofSeconds(1));
    assertThat(network.finished).isTrue();
    assertThat(network.serverLog.subList(network.serverLog.size() - 3, network.serverLog.size()))
        .containsExactly(
            "fqdn:gm1.example left group key-id:video (REGISTRATION_FAILED)",
            "fqdn:gm1.example left group key-id:audio (REGISTRATION_FAILED)",
            "fqdn:gm1.example closed its IKE SA");
  }

  @Test
  void aWrongSecretIsSaidAndTriedAgain() {
    MemberNetwork network = new MemberNetwork(3, 0, "wrong", List.of(VIDEO));
    network.start();
    network.pass(Duration.ofMinutes(5));

    assertThat(network.held()).isEmpty();
    assertThat(network.events)
        .hasSizeGreaterThan(1)
        .allMatch(event -> event.kind() == Kind.CONNECTION_FAILED)
        .allMatch(event -> event.text().contains("does not accept this host's identity"));
  }

  @Test
  void anUnknownGroupDoesNotDisturbTheOther() {
    GroupSettings unknown =
        MemberNetwork.group("radio", Role.RECEIVER, "0.0.0.0/0 -> 239.1.1.3/32 udp/7000");
    MemberNetwork network = started(4, 0, unknown, VIDEO);
    network.pass(Duration.ofSeconds(1));

    assertThat(network.held()).extracting(HandedOut::group).containsExactly("video");
    assertThat(network.member.status(network.now).groups())
        .extracting(GroupStatus::phase)
        .containsExactly(GroupPhase.WAITING, GroupPhase.REGISTERED);
  }

  @Test
  void aPolicyOutsideTheAllowedFlowIsRefusedAndTheKeyServerKnows() {
    MemberNetwork network =
        started(
            5, 0, MemberNetwork.group("video", Role.BOTH, "0.0.0.0/0 -> 239.1.1.1/32 udp/5001"));
    network.pass(Duration.ofSeconds(1));

    assertThat(network.held()).isEmpty();
    assertThat(network.serverLog)
        .contains("fqdn:gm1.example left group key-id:video (NO_PROPOSAL_CHOSEN)");
    assertThat(network.events).extracting(event -> event.kind()).contains(Kind.POLICY_REFUSED);
  }

  @Test
  void aKeyServerWithoutMemoryIsJoinedAgain() throws CryptoException {
    MemberNetwork network = started(6, 0, VIDEO, AUDIO);
    network.pass(Duration.ofSeconds(1));
    List<HandedOut> before = network.held();
    network.restartServer();

    network.pass(Duration.ofSeconds(100));
    assertThat(network.held()).as("keys that are valid stay").isEqualTo(before);
    // A minute of silence, a minute of asking: then a new IKE SA.
    network.pass(Duration.ofSeconds(30));

    assertThat(network.held())
        .containsExactlyInAnyOrderElementsOf(network.server().handedOut(network.now))
        .doesNotContainAnyElementsOf(before);
  }

  @Test
  void authenticatesAnewWhenTheKeyServerWantsItAndKeepsItsKeysMeanwhile() throws CryptoException {
    MemberNetwork network = started(7, 0, VIDEO, AUDIO);
    network.pass(Duration.ofSeconds(1));
    network.fromServer(network.server().sas("gm1").get(0).authLifetime(network.now, 100));
    network.pass(Duration.ofSeconds(89));
    assertThat(network.held()).hasSize(2);
    network.pass(Duration.ofSeconds(2));

    assertThat(network.held())
        .hasSize(2)
        .containsExactlyInAnyOrderElementsOf(network.server().handedOut(network.now));
    assertThat(network.events)
        .extracting(event -> event.kind())
        .containsSequence(Kind.REAUTHENTICATING, Kind.CONNECTED)
        .doesNotContain(Kind.EXCLUDED, Kind.CONNECTION_FAILED);
    assertThat(network.server().sas("gm1")).hasSize(1);
  }

  @Test
  void getsThereOverAnyNetwork() throws CryptoException {
    for (long seed = 100; seed < 160; seed++) {
      MemberNetwork network = started(seed, 0.3, VIDEO, AUDIO);
      network.pass(Duration.ofMinutes(10));

      assertThat(network.held())
          .as("seed %d: %s", seed, network.events)
          .containsExactlyInAnyOrderElementsOf(network.server().handedOut(network.now));

      network.shutdown();
      network.pass(Duration.ofSeconds(2));
      assertThat(network.finished).as("seed %d", seed).isTrue();
      assertThat(network.member.deadline()).isEmpty();
    }
  }
}
