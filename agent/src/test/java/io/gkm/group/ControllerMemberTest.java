package io.gkm.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gkm.group.MemberEvent.Kind;
import io.gkm.ike.CertificateCheck;
import io.gkm.ike.CloseReason;
import io.gkm.ike.IkeEffect;
import io.gkm.ike.UdpPath;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.Octets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Registration, renewal, replacement and expiry. */
class ControllerMemberTest {
  private static final GroupSettings VIDEO = Groups.video(Role.BOTH);
  private static final GroupSettings AUDIO =
      Groups.group("audio", Role.RECEIVER, "0.0.0.0/0 -> 239.1.1.2/32 udp/6000");

  private static TestSa audioSa(int spi) {
    return TestSa.esp(spi).destination("239.1.1.2", "239.1.1.2", 17, 6000, 6000);
  }

  @Test
  @Tag("GM-2")
  @Tag("GM-3")
  void registersTheFirstGroupWithTheAuthenticationAndTheOthersAfterIt() {
    MemberRun run = MemberRun.of(VIDEO, AUDIO).start();

    assertThat(run.sent).isEqualTo(1);
    assertThat(run.session().asked).containsExactly("first video");
    assertThat(run.lastRequest().senderIds()).isEqualTo(1);
    assertThat(run.lastRequest().sag())
        .contains(SupportedPolicy.sag(Confidentiality.REQUIRED, false));
    assertThat(run.group(0).phase()).isEqualTo(GroupPhase.REGISTERING);
    assertThat(run.group(1).phase()).isEqualTo(GroupPhase.WAITING);

    run.accepted(VIDEO, TestSa.esp(0xc0ffee01));

    assertThat(run.session().asked).containsExactly("first video", "register audio");
    assertThat(run.lastRequest().senderIds()).as("a receiver asks for none").isZero();
    assertThat(run.spis()).containsExactly("0xc0ffee01");
    assertThat(run.desiredStateChanges).isEqualTo(1);

    run.hears(MemberRun.registered(AUDIO, TestAnswer.of(audioSa(0xc0ffee02))));

    assertThat(run.spis()).containsExactly("0xc0ffee01", "0xc0ffee02");
    assertThat(run.kinds()).containsExactly(Kind.CONNECTED, Kind.REGISTERED, Kind.REGISTERED);
    assertThat(run.sessions).hasSize(1);
  }

  @Test
  void certificatesAreCheckedOutside() {
    MemberRun run = MemberRun.of(VIDEO).start();
    CertificateCheck check =
        new CertificateCheck(run.session().settings.remoteId(), List.of(Octets.ofHex("3000")));
    run.session().says(new IkeEffect.CheckCertificates(check));

    List<MemberEffect> effects =
        run.member.receive(
            run.now,
            UdpPath.of(Groups.OURS, run.session().settings.remoteAddress(), 500),
            new byte[0]);

    assertThat(effects).containsExactly(new MemberEffect.CheckCertificates(check));
    assertThat(run.member.certificatesChecked(run.now, check, Optional.empty())).isEmpty();
    assertThat(run.session().asked)
        .containsExactly("first video", "certificates fqdn:gcks.example trusted");
  }

  /** The verdict comes when the IKE SA it was for is gone, and no other is there yet. */
  @Test
  void aLateVerdictMeansNothing() {
    MemberRun run = MemberRun.of(VIDEO).start();
    CertificateCheck check = new CertificateCheck(run.session().settings.remoteId(), List.of());
    run.hears(MemberRun.closed(CloseReason.PEER_NOT_AUTHENTICATED));

    assertThat(run.member.certificatesChecked(run.now, check, Optional.empty())).isEmpty();
    assertThat(run.session().asked).containsExactly("first video");
    assertThat(run.spis()).isEmpty();
  }

  @Test
  void saysWhatItRegistered() {
    MemberRun run = MemberRun.of(VIDEO).start();
    run.accepted(VIDEO, TestSa.esp(0xc0ffee01));

    assertThat(run.lastEvent().text())
        .startsWith(
            "group video (controller hq): registered; SAs 0xc0ffee01 in+out"
                + " ENCR_AES_CBC-256+AUTH_HMAC_SHA2_256_128; registers again in ");
  }

  @Test
  void guardsStandWithoutKeys() {
    MemberRun run = MemberRun.of(VIDEO, AUDIO);

    assertThat(run.member.desired()).extracting(GroupState::name).containsExactly("video", "audio");
    assertThat(run.member.desired().get(0).allow()).isEqualTo(VIDEO.allow());
    assertThat(run.spis()).isEmpty();
  }

  @Test
  void whatAnEarlierRunLeftStaysUntilTheKeyServerHasAnsweredForTheGroup() {
    MemberRun run = MemberRun.of(VIDEO, AUDIO).start();
    run.hears(MemberRun.closed(CloseReason.TIMEOUT));
    assertThat(run.member.desired()).allMatch(GroupState::keepsLeftovers);

    run.passToDeadline();
    run.accepted(VIDEO, TestSa.esp(0xc0ffee01));
    assertThat(run.member.desired())
        .extracting(GroupState::keepsLeftovers)
        .containsExactly(false, true);

    run.hears(new IkeEffect.RegistrationRefused(AUDIO.id(), NotifyType.REGISTRATION_FAILED));
    assertThat(run.member.desired()).noneMatch(GroupState::keepsLeftovers);
    assertThat(run.desiredStateChanges).isEqualTo(2);
  }

  @Test
  void aRefusedPolicyEndsWhatAnEarlierRunLeft() {
    MemberRun run = MemberRun.of(VIDEO).start();
    run.accepted(VIDEO, TestSa.esp(0xc0ffee01).lasting(0));

    assertThat(run.member.desired()).noneMatch(GroupState::keepsLeftovers);
    assertThat(run.desiredStateChanges).isEqualTo(1);
  }

  @Test
  void registersAgainBeforeSequenceNumbersEnd() {
    MemberRun run = MemberRun.of(VIDEO).start();
    run.accepted(VIDEO, TestSa.esp(0xc0ffee01).lasting(100_000));
    int asked = run.session().asked.size();

    assertThat(run.member.nearlyUsedUp(run.now, 3, 0xc0ffee02)).as("another's").isEmpty();
    assertThat(run.member.nearlyUsedUp(run.now, 2, 0xc0ffee01)).as("AH").isEmpty();
    List<MemberEffect> told = run.member.nearlyUsedUp(run.now, 3, 0xc0ffee01);
    assertThat(told)
        .singleElement()
        .extracting(effect -> ((MemberEffect.Event) effect).event().text())
        .asString()
        .contains("group video", "SA 0xc0ffee01 has seen so many packets", "registers again for");

    run.pass(Duration.ofSeconds(15));
    assertThat(run.session().asked).hasSize(asked + 1);
    assertThat(run.spis()).containsExactly("0xc0ffee01");
  }

  @Test
  void registersAgainBeforeTheKeysEnd() {
    MemberRun run = MemberRun.of(VIDEO).start();
    run.accepted(VIDEO, TestSa.esp(0x100).lasting(1000));

    Duration wait = run.passToDeadline();

    assertThat(wait).isBetween(Duration.ofSeconds(750), Duration.ofSeconds(900));
    assertThat(run.session().asked).containsExactly("first video", "register video");
    assertThat(run.group(0).phase()).isEqualTo(GroupPhase.RENEWING);
    assertThat(run.spis()).containsExactly("0x00000100");
  }

  @Test
  void theJitterDiffersFromRunToRun() {
    MemberRun run = MemberRun.of(VIDEO).start();
    run.accepted(VIDEO, TestSa.esp(0x100).lasting(1000));
    Duration first = run.passToDeadline();
    run.hears(MemberRun.registered(VIDEO, TestAnswer.of(TestSa.esp(0x100).lasting(1000))));

    assertThat(run.passToDeadline()).isNotEqualTo(first);
  }

  @Test
  void newKeysReplaceTheOldOnes() {
    MemberRun run = MemberRun.of(VIDEO).start();
    run.accepted(VIDEO, TestSa.esp(0x100).lasting(1000));
    DataSa before = run.member.desired().get(0).dataSas().get(0);
    run.passToDeadline();

    run.hears(
        MemberRun.registered(
            VIDEO, TestAnswer.of(TestSa.esp(0x101).key(TestSa.material(64, 2)).lasting(1000))));

    DataSa after = run.member.desired().get(0).dataSas().get(0);
    assertThat(run.spis()).containsExactly("0x00000101");
    assertThat(after.generation()).isGreaterThan(before.generation());
    assertThat(run.kinds()).containsExactly(Kind.CONNECTED, Kind.REGISTERED, Kind.REFRESHED);
    assertThat(run.desiredStateChanges).isEqualTo(2);
    // The kernel thread may still be busy with what it was given before.
    assertThat(before.keys().encryption().length()).isEqualTo(32);
  }

  @Test
  void theSameKeysStayAsTheyAre() {
    MemberRun run = MemberRun.of(VIDEO).start();
    run.accepted(VIDEO, TestSa.esp(0x100).lasting(1000));
    DataSa before = run.member.desired().get(0).dataSas().get(0);
    run.passToDeadline();

    run.hears(MemberRun.registered(VIDEO, TestAnswer.of(TestSa.esp(0x100).lasting(1000))));

    DataSa after = run.member.desired().get(0).dataSas().get(0);
    assertThat(after.generation()).isEqualTo(before.generation());
    assertThat(after.installedAt()).isEqualTo(before.installedAt());
    assertThat(after.expiresAt()).contains(run.now.plus(Duration.ofSeconds(1000)));
  }

  @Test
  void keysWithoutEndAreNotRenewed() {
    MemberRun run = MemberRun.of(VIDEO).start();
    run.accepted(VIDEO, TestSa.esp(0x100).attributes());

    assertThat(run.member.deadline()).isEmpty();
    assertThat(run.group(0).nextAttempt()).isEmpty();
    run.pass(Duration.ofDays(365));
    assertThat(run.spis()).containsExactly("0x00000100");
  }

  @Test
  void veryShortLifetimesDoNotMakeItHurry() {
    MemberRun run = MemberRun.of(VIDEO).start();
    run.accepted(VIDEO, TestSa.esp(0x100).lasting(1));

    run.pass(Duration.ofMillis(999));
    assertThat(run.session().asked).containsExactly("first video");
    run.pass(Duration.ofMillis(1));
    assertThat(run.spis()).isEmpty();
    assertThat(run.session().asked).containsExactly("first video", "register video");
  }

  @Test
  void anUnansweredRenewalLetsTheKeysExpire() {
    MemberRun run = MemberRun.of(VIDEO).start();
    run.accepted(VIDEO, TestSa.esp(0x100).lasting(1000));
    run.passToDeadline();
    int changes = run.desiredStateChanges;

    run.pass(Duration.ofSeconds(1000));

    assertThat(run.spis()).isEmpty();
    assertThat(run.desiredStateChanges).isEqualTo(changes + 1);
    assertThat(run.lastEvent().kind()).isEqualTo(Kind.EXPIRED);
    assertThat(run.lastEvent().text())
        .contains("SA 0x00000100 is over", "traffic is blocked until it has keys");
    assertThat(run.group(0).phase()).isEqualTo(GroupPhase.REGISTERING);
  }

  @Test
  void aRefusedPolicyIsToldToTheKeyServerAndTriedAgainMuchLater() {
    MemberRun run = MemberRun.of(VIDEO).start();

    run.accepted(VIDEO, audioSa(0x100));

    assertThat(run.session().asked).containsExactly("first video", "leave video 14");
    assertThat(run.spis()).isEmpty();
    assertThat(run.lastEvent().kind()).isEqualTo(Kind.POLICY_REFUSED);
    assertThat(run.lastEvent().text())
        .contains("ESP SA 0x00000100 protects any -> 239.1.1.2 udp/6000, which `allow` does not")
        .contains("nothing of it is installed, the key server is told, tries again in ")
        .contains("`allow` in [group.video]");
    assertThat(run.group(0).phase()).isEqualTo(GroupPhase.WAITING);
    assertThat(run.group(0).problem()).get().asString().contains("`allow` does not cover");
    run.hears(new IkeEffect.Left(VIDEO.id()));
    assertThat(run.passToDeadline()).isBetween(Duration.ofSeconds(45), Duration.ofSeconds(75));
    assertThat(run.session().asked.get(2)).isEqualTo("register video");
    run.hears(MemberRun.registered(VIDEO, TestAnswer.of(audioSa(0x100))));
    assertThat(run.passToDeadline()).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(150));
    run.hears(MemberRun.registered(VIDEO, TestAnswer.of(TestSa.esp(0x100))));
    assertThat(run.group(0).problem()).isEmpty();
    assertThat(run.spis()).containsExactly("0x00000100");
  }

  @Test
  void aRefusedPolicyAtRenewalLeavesTheOldKeysUntilTheyExpire() {
    MemberRun run = MemberRun.of(VIDEO).start();
    run.accepted(VIDEO, TestSa.esp(0x100).lasting(1000));
    run.passToDeadline();

    run.hears(MemberRun.registered(VIDEO, TestAnswer.of(audioSa(0x101))));

    assertThat(run.spis()).containsExactly("0x00000100");
    assertThat(run.group(0).phase()).isEqualTo(GroupPhase.RETRYING);
    assertThat(run.lastEvent().text()).contains("the present keys are used until they expire");
    run.pass(Duration.ofSeconds(1000));
    assertThat(run.spis()).isEmpty();
  }

  @Test
  void saysOnceThatAnSaCannotBeUsedToSend() {
    MemberRun run = MemberRun.of(VIDEO).start();
    run.accepted(VIDEO, TestSa.gcm(0x100).lasting(1000));

    assertThat(run.lastEvent().kind()).isEqualTo(Kind.LIMITED);
    assertThat(run.lastEvent().text()).contains("Sender-ID", "that direction stays blocked");
    assertThat(run.group(0).limits()).hasSize(1);
    assertThat(run.group(0).sas().get(0).outbound()).isFalse();

    run.passToDeadline();
    run.hears(MemberRun.registered(VIDEO, TestAnswer.of(TestSa.gcm(0x100).lasting(1000))));
    assertThat(run.kinds()).filteredOn(kind -> kind == Kind.LIMITED).hasSize(1);
  }

  @Test
  void anAnswerIsClosedWhateverBecomesOfIt() {
    MemberRun run = MemberRun.of(VIDEO).start();
    IkeEffect.Registered good =
        (IkeEffect.Registered) MemberRun.registered(VIDEO, TestAnswer.of(TestSa.esp(0x100)));
    IkeEffect.Registered bad =
        (IkeEffect.Registered) MemberRun.registered(VIDEO, TestAnswer.of(audioSa(0x100)));
    IkeEffect.Registered strange =
        (IkeEffect.Registered) MemberRun.registered(AUDIO, TestAnswer.of(audioSa(0x100)));

    run.hears(new IkeEffect.Established(run.session().info()), good, bad, strange);

    for (IkeEffect.Registered registered : new IkeEffect.Registered[] {good, bad, strange}) {
      assertThatThrownBy(() -> registered.answer().keyWrap().unwrap(new byte[24]))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(run.spis()).containsExactly("0x00000100");
  }

  @Test
  void twoGroupsWithOneIdAreRefused() {
    assertThatThrownBy(() -> MemberRun.of(VIDEO, Groups.video(Role.SENDER)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two groups with id key-id:video");
  }

  @Test
  void ignoredDatagramsAreOnlyForTheDebugLog() {
    MemberRun run = MemberRun.of(VIDEO).start();

    run.hears(new IkeEffect.Ignored("malformed message"));

    assertThat(run.lastEvent().kind()).isEqualTo(Kind.IGNORED);
    assertThat(run.lastEvent().level()).isEqualTo(MemberEvent.Level.DEBUG);
    assertThat(run.group(0).problem()).isEmpty();
  }

  @Test
  void aLateRefusalOfAnAcceptedGroupChangesNothing() {
    MemberRun run = MemberRun.of(VIDEO).start();
    run.accepted(VIDEO, TestSa.esp(0x100));

    run.hears(new IkeEffect.RegistrationRefused(VIDEO.id(), NotifyType.INVALID_GROUP_ID));

    assertThat(run.spis()).containsExactly("0x00000100");
    assertThat(run.group(0).phase()).isEqualTo(GroupPhase.REGISTERED);
  }
}
