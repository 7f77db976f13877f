package io.gkm.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.group.MemberEvent.Kind;
import io.gkm.group.MemberEvent.Level;
import io.gkm.ike.CloseReason;
import io.gkm.ike.IkeEffect;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MemberShutdownTest {
  private static final GroupSettings VIDEO = Groups.video(Role.BOTH);
  private static final GroupSettings AUDIO =
      Groups.group("audio", Role.RECEIVER, "0.0.0.0/0 -> 239.1.1.2/32 udp/6000");

  @Test
  @Tag("GM-9")
  void leavesEveryGroupThenTheIkeSa() {
    MemberRun run = MemberRun.of(VIDEO, AUDIO).start();
    run.accepted(VIDEO, TestSa.esp(0x100));

    run.shutdown();

    assertThat(run.session().asked)
        .containsExactly(
            "first video", "register audio", "leave video 49", "leave audio 49", "close");
    assertThat(run.spis()).as("no SA from this moment on").isEmpty();
    assertThat(run.member.desired()).as("the guards stay").hasSize(2);
    assertThat(run.desiredStateChanges).isEqualTo(2);
    assertThat(run.finished).isFalse();
    assertThat(run.member.status(run.now).state()).isEqualTo(ControllerStatus.State.LEAVING);
    assertThat(run.group(0).phase()).isEqualTo(GroupPhase.LEFT);

    run.hears(
        new IkeEffect.Left(VIDEO.id()),
        new IkeEffect.Left(AUDIO.id()),
        MemberRun.closed(CloseReason.LOCAL));

    assertThat(run.finished).isTrue();
    assertThat(run.lastEvent().kind()).isEqualTo(Kind.LEFT);
    assertThat(run.lastEvent().level()).isEqualTo(Level.INFO);
    assertThat(run.member.deadline()).isEmpty();
    assertThat(run.member.status(run.now).state()).isEqualTo(ControllerStatus.State.STOPPED);
  }

  @Test
  void aGroupItIsNotInIsNotLeft() {
    MemberRun run = MemberRun.of(VIDEO, AUDIO).start();
    run.hears(
        new IkeEffect.Established(run.session().info()),
        new IkeEffect.RegistrationRefused(VIDEO.id(), 45),
        MemberRun.registered(
            AUDIO,
            TestAnswer.of(
                TestSa.esp(0x100).destination("239.1.1.2", "239.1.1.2", 17, 6000, 6000))));

    run.shutdown();

    assertThat(run.session().asked).contains("leave audio 49").doesNotContain("leave video 49");
  }

  @Test
  void stopsAfterTwoSecondsWithoutAnAnswer() {
    MemberRun run = MemberRun.of(VIDEO).start();
    run.accepted(VIDEO, TestSa.esp(0x100));
    run.shutdown();

    run.pass(Duration.ofMillis(1_999));
    assertThat(run.finished).isFalse();
    run.pass(Duration.ofMillis(1));

    assertThat(run.finished).isTrue();
    assertThat(run.session().destroyed).as("keys of the IKE SA are wiped").isTrue();
    assertThat(run.lastEvent().level()).isEqualTo(Level.WARNING);
    assertThat(run.lastEvent().text()).contains("without an answer");
  }

  @Test
  void whatComesWhileLeavingChangesNothing() {
    MemberRun run = MemberRun.of(VIDEO).start();
    run.accepted(VIDEO, TestSa.esp(0x100).lasting(1));
    run.shutdown();
    int asked = run.session().asked.size();

    run.hears(
        MemberRun.registered(VIDEO, TestAnswer.of(TestSa.esp(0x101))),
        new IkeEffect.RegistrationRefused(VIDEO.id(), 45),
        new IkeEffect.Left(VIDEO.id()));
    run.pass(Duration.ofMillis(1_500));

    assertThat(run.spis()).isEmpty();
    assertThat(run.finished).isFalse();
    assertThat(run.session().asked).hasSize(asked);
    assertThat(run.events).extracting(MemberEvent::kind).doesNotContain(Kind.EXPIRED);
  }

  @Test
  void duringTheFirstExchangeOnlyTheIkeSaIsClosed() {
    MemberRun run = MemberRun.of(VIDEO).start();
    run.session().onClose = List.of(MemberRun.closed(CloseReason.LOCAL));

    run.shutdown();

    assertThat(run.session().asked).containsExactly("first video", "close");
    assertThat(run.finished).isTrue();
  }

  @Test
  void withoutAnIkeSaItIsDoneAtOnce() {
    MemberRun run = MemberRun.of(VIDEO).start();
    run.hears(MemberRun.closed(CloseReason.TIMEOUT));

    run.shutdown();

    assertThat(run.finished).isTrue();
    assertThat(run.member.deadline()).isEmpty();
    assertThat(run.member.shutdown(run.now)).isEmpty();
    run.pass(Duration.ofDays(1));
    assertThat(run.sessions).as("no new attempt").hasSize(1);
  }

  @Test
  void twoShutdownsAreOne() {
    MemberRun run = MemberRun.of(VIDEO).start();
    run.accepted(VIDEO, TestSa.esp(0x100));
    run.shutdown();
    int asked = run.session().asked.size();

    run.shutdown();

    assertThat(run.session().asked).hasSize(asked);
  }
}
