package io.gkm.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.group.MemberEvent.Kind;
import io.gkm.group.MemberEvent.Level;
import io.gkm.ike.CloseReason;
import io.gkm.ike.IkeEffect;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Refusals, silence and lost key servers: it never gives up and never hurries. */
class MemberTroubleTest {
  private static final GroupSettings VIDEO = Groups.video(Role.BOTH);
  private static final GroupSettings AUDIO =
      Groups.group("audio", Role.RECEIVER, "0.0.0.0/0 -> 239.1.1.2/32 udp/6000");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "14 | ERROR   | 45  | 75  | needs algorithms this host does not offer (key-id:video, NO_PROPOSAL_CHOSEN)",
        "45 | ERROR   | 45  | 75  | knows no such group (key-id:video, INVALID_GROUP_ID)",
        "46 | ERROR   | 45  | 75  | does not let this host into it (key-id:video, AUTHORIZATION_FAILED)",
        "49 | WARNING | 1.5 | 2.5 | cannot take this host in now (a full group, for example) (key-id:video, REGISTRATION_FAILED)",
        "43 | WARNING | 1.5 | 2.5 | refused the registration (key-id:video, TEMPORARY_FAILURE)",
      })
  @Tag("GM-7")
  void anErrorAboutTheGroupHasItsOwnTextAndWait(
      int notify, Level level, double shortest, double longest, String text) {
    MemberRun run = MemberRun.of(VIDEO).start();

    run.hears(
        new IkeEffect.Established(run.session().info()),
        new IkeEffect.RegistrationRefused(VIDEO.id(), notify));

    assertThat(run.lastEvent().kind()).isEqualTo(Kind.REGISTRATION_REFUSED);
    assertThat(run.lastEvent().level()).isEqualTo(level);
    assertThat(run.lastEvent().text())
        .contains(text, "tries again in ", "the group's traffic stays blocked");
    assertThat(run.lastEvent().advice()).isNotEmpty();
    assertThat(run.member.status(run.now).state()).isEqualTo(ControllerStatus.State.ESTABLISHED);
    assertThat(run.group(0).problem()).get().asString().contains(text);
    assertThat(seconds(run.passToDeadline())).isBetween(shortest, longest);
    assertThat(run.session().asked).containsExactly("first video", "register video");
    assertThat(run.sessions).as("the IKE SA is kept").hasSize(1);
  }

  @Test
  void refusalsOfOneGroupDoNotHoldUpTheOther() {
    MemberRun run = MemberRun.of(VIDEO, AUDIO).start();

    run.hears(
        new IkeEffect.Established(run.session().info()),
        new IkeEffect.RegistrationRefused(VIDEO.id(), 45));

    assertThat(run.session().asked).containsExactly("first video", "register audio");
  }

  @Test
  void waitsLongerAndLongerButNeverGivesUp() {
    MemberRun run = MemberRun.of(VIDEO).start();
    List<Double> waits = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      run.hears(MemberRun.closed(CloseReason.TIMEOUT));
      waits.add(seconds(run.passToDeadline()));
    }

    assertThat(run.sessions).hasSize(31);
    for (int i = 0; i < 30; i++) {
      double base = Math.min(300, 2 * Math.pow(2, i));
      assertThat(waits.get(i)).isBetween(base * 0.75, base * 1.25);
    }
    assertThat(run.events).hasSize(30);
    assertThat(run.lastEvent().text())
        .contains("controller hq: no answer from key server 192.0.2.1", "trying 192.0.2.1 in ")
        .contains("check address and port");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AUTHENTICATION_FAILED  | ERROR   | 45  | does not accept this host's identity",
        "PEER_NOT_AUTHENTICATED | ERROR   | 45  | did not prove to be the key server",
        "NO_PROPOSAL_CHOSEN     | ERROR   | 45  | accepts none of the IKE algorithms",
        "TIMEOUT                | WARNING | 1.5 | no answer from key server",
        "INVALID_SYNTAX         | WARNING | 1.5 | calls a message malformed",
        "PROTOCOL_ERROR         | WARNING | 1.5 | broke the protocol",
        "DELETED_BY_PEER        | WARNING | 1.5 | closed the IKE SA",
      })
  void eachWayToFailIsSaidInItsOwnWords(
      CloseReason reason, Level level, double shortest, String text) {
    MemberRun run = MemberRun.of(VIDEO).start();

    run.hears(new IkeEffect.Closed(reason, "the detail"));

    assertThat(run.lastEvent().kind()).isEqualTo(Kind.CONNECTION_FAILED);
    assertThat(run.lastEvent().level()).isEqualTo(level);
    assertThat(run.lastEvent().text()).contains(text, "(the detail)");
    assertThat(run.member.status(run.now).problem()).get().asString().contains(text);
    assertThat(run.group(0).problem()).get().asString().contains(text);
    assertThat(run.group(0).nextAttempt()).isPresent();
    assertThat(seconds(run.passToDeadline())).isBetween(shortest, shortest * 5 / 3);
  }

  @Test
  void triesTheOtherAddressesAtOnceAndWaitsWhenAllHaveFailed() {
    MemberRun run = new MemberRun(List.of("192.0.2.1", "192.0.2.2"), VIDEO).start();

    run.hears(MemberRun.closed(CloseReason.TIMEOUT));

    assertThat(run.sessions).hasSize(2);
    assertThat(run.lastEvent().text()).contains("trying 192.0.2.2 now");
    run.hears(MemberRun.closed(CloseReason.TIMEOUT));
    assertThat(run.sessions).hasSize(2);
    assertThat(seconds(run.passToDeadline())).isBetween(1.5, 2.5);
    run.hears(MemberRun.closed(CloseReason.TIMEOUT));
    assertThat(run.lastEvent().text()).as("a new round").contains("trying 192.0.2.2 now");
    assertThat(run.sessions)
        .extracting(s -> s.settings.remoteAddress().getHostAddress())
        .containsExactly("192.0.2.1", "192.0.2.2", "192.0.2.1", "192.0.2.2");
  }

  @Test
  void anAnswerAboutAGroupMakesTheNextWaitShortAgain() {
    MemberRun run = MemberRun.of(VIDEO).start();
    for (int i = 0; i < 6; i++) {
      run.hears(MemberRun.closed(CloseReason.TIMEOUT));
      run.passToDeadline();
    }
    run.accepted(VIDEO, TestSa.esp(0x100).attributes());
    assertThat(run.member.status(run.now).problem()).isEmpty();

    run.hears(MemberRun.closed(CloseReason.TIMEOUT));

    assertThat(seconds(run.passToDeadline())).isBetween(1.5, 2.5);
  }

  @ParameterizedTest
  @ValueSource(ints = {45, 49})
  void aSuccessMakesTheNextWaitOfTheGroupShortAgain(int notify) {
    double first = notify == 45 ? 60 : 2;
    MemberRun run = MemberRun.of(VIDEO).start();
    run.hears(new IkeEffect.Established(run.session().info()));
    for (int i = 0; i < 4; i++) {
      run.hears(new IkeEffect.RegistrationRefused(VIDEO.id(), notify));
      double base = first * Math.pow(2, i);
      assertThat(seconds(run.passToDeadline())).isBetween(base * 0.75, base * 1.25);
    }
    run.hears(MemberRun.registered(VIDEO, TestAnswer.of(TestSa.esp(0x100).lasting(10_000))));
    run.passToDeadline();

    run.hears(new IkeEffect.RegistrationRefused(VIDEO.id(), notify));

    assertThat(run.spis()).containsExactly("0x00000100");
    assertThat(seconds(run.passToDeadline())).isBetween(first * 0.75, first * 1.25);
  }

  @Test
  void aLostIkeSaLeavesTheKeysAndRegistersOverANewOne() {
    MemberRun run = MemberRun.of(VIDEO).start();
    run.accepted(VIDEO, TestSa.esp(0x100).lasting(1000));
    run.passToDeadline();

    run.hears(MemberRun.closed(CloseReason.TIMEOUT));

    assertThat(run.spis()).containsExactly("0x00000100");
    assertThat(run.group(0).phase()).isEqualTo(GroupPhase.RETRYING);
    run.passToDeadline();
    assertThat(run.sessions).hasSize(2);
    run.accepted(VIDEO, TestSa.esp(0x101).key(TestSa.material(64, 2)).lasting(1000));
    assertThat(run.spis()).containsExactly("0x00000101");
  }

  @Test
  void keysExpireOnTimeThoughTheKeyServerIsGone() {
    MemberRun run = MemberRun.of(VIDEO).start();
    run.accepted(VIDEO, TestSa.esp(0x100).lasting(100));
    run.session().deadline = Optional.of(run.now.plus(Duration.ofSeconds(5)));
    run.session().onTick = List.of(MemberRun.closed(CloseReason.TIMEOUT));

    run.pass(Duration.ofMillis(99_999));
    assertThat(run.spis()).containsExactly("0x00000100");
    run.pass(Duration.ofMillis(1));

    assertThat(run.spis()).isEmpty();
    assertThat(run.group(0).phase()).isIn(GroupPhase.WAITING, GroupPhase.REGISTERING);
    assertThat(run.kinds()).contains(Kind.EXPIRED);
  }

  @Test
  void excludedWhenTheKeyServerClosesTheIkeSaWithoutARekeySa() {
    MemberRun run = MemberRun.of(VIDEO).start();
    run.accepted(VIDEO, TestSa.esp(0x100).lasting(1000));

    run.hears(MemberRun.closed(CloseReason.DELETED_BY_PEER));

    assertThat(run.spis()).isEmpty();
    assertThat(run.desiredStateChanges).isEqualTo(2);
    assertThat(run.lastEvent().kind()).isEqualTo(Kind.EXCLUDED);
    assertThat(run.lastEvent().text()).contains("out of the group", "its traffic is blocked");
    assertThat(seconds(run.passToDeadline())).isBetween(1.0, 10.0);
    assertThat(run.sessions).hasSize(2);
    assertThat(run.session().asked).containsExactly("first video");
  }

  @Test
  void withARekeySaTheKeysOutliveTheIkeSa() {
    MemberRun run = MemberRun.of(VIDEO).start();
    run.accepted(VIDEO, TestSa.esp(0x100).lasting(1000), TestSa.rekey().lasting(2000));
    assertThat(run.group(0).rekey()).isPresent();

    run.hears(MemberRun.closed(CloseReason.DELETED_BY_PEER));

    assertThat(run.spis()).containsExactly("0x00000100");
    assertThat(run.member.status(run.now).state()).isEqualTo(ControllerStatus.State.IDLE);
    assertThat(seconds(run.passToDeadline())).isBetween(880.0, 960.0);
    assertThat(run.sessions).hasSize(2);
    assertThat(run.group(0).phase()).isEqualTo(GroupPhase.RENEWING);
  }

  @Test
  void anIkeSaClosedDuringARenewalWithARekeySaIsTriedAgainSoon() {
    MemberRun run = MemberRun.of(VIDEO).start();
    run.accepted(VIDEO, TestSa.esp(0x100).lasting(1000), TestSa.rekey().lasting(2000));
    run.passToDeadline();

    run.hears(MemberRun.closed(CloseReason.DELETED_BY_PEER));

    assertThat(run.spis()).containsExactly("0x00000100");
    assertThat(run.group(0).phase()).isEqualTo(GroupPhase.RETRYING);
    assertThat(seconds(run.passToDeadline())).isBetween(1.0, 10.0);
  }

  @Test
  void asksBeforeEachAttemptWhichAddressToUse() {
    MemberRun run = MemberRun.of(VIDEO);
    InetAddress other = AddressText.parse("192.0.2.77").orElseThrow();
    run.start();
    run.local(
        new LocalAddresses() {
          @Override
          public Set<InetAddress> of(String interfaceName) {
            return Set.of();
          }

          @Override
          public Optional<InetAddress> toward(InetAddress server, int port) {
            return Optional.of(other);
          }
        });
    run.hears(MemberRun.closed(CloseReason.TIMEOUT));
    run.passToDeadline();

    assertThat(run.sessions)
        .extracting(s -> s.settings.localAddress())
        .containsExactly(Groups.OURS, other);
  }

  @Test
  void aDatagramWithoutAnIkeSaIsIgnored() {
    MemberRun run = MemberRun.of(VIDEO).start();
    run.hears(MemberRun.closed(CloseReason.TIMEOUT));

    run.hears(new IkeEffect.Established(run.session().info()));

    assertThat(run.lastEvent().what()).contains("no IKE SA");
    assertThat(run.member.status(run.now).state()).isEqualTo(ControllerStatus.State.IDLE);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
