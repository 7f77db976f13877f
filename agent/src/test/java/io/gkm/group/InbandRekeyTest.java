package io.gkm.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.group.MemberEvent.Kind;
import io.gkm.ike.IkeEffect;
import io.gkm.ike.RegistrationAnswer;
import io.gkm.ike.wire.DeletePayload;
import io.gkm.ike.wire.Octets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** GSA_INBAND_REKEY as a member sees it (RFC 9838 section 2.4.2). */
@Tag("GM-24")
class InbandRekeyTest {
  private static final GroupSettings VIDEO = Groups.video(Role.BOTH);
  private static final GroupSettings AUDIO =
      Groups.group("audio", Role.RECEIVER, "0.0.0.0/0 -> 239.1.1.2/32 udp/6000");

  private static TestSa audio(int spi) {
    return TestSa.esp(spi)
        .lasting(1000)
        .key(TestSa.material(64, spi))
        .destination("239.1.1.2", "239.1.1.2", 17, 6000, 6000);
  }

  private static MemberRun member(GroupSettings... groups) {
    MemberRun run = MemberRun.of(groups).start();
    run.accepted(VIDEO, TestRekey.oldSa());
    run.events.clear();
    return run;
  }

  private static IkeEffect rekey(TestAnswer answer, DeletePayload... deletes) {
    RegistrationAnswer built = answer.build();
    return new IkeEffect.InbandRekey(
        Optional.of(built.gsa()),
        Optional.of(built.kd()),
        List.of(deletes),
        built.notifies(),
        built.keyWrap());
  }

  private static IkeEffect deletion(DeletePayload... deletes) {
    return new IkeEffect.InbandRekey(
        Optional.empty(), Optional.empty(), List.of(deletes), List.of(), TestAnswer.keyWrap());
  }

  private static DeletePayload delete(int... spis) {
    return DeletePayload.groupSas(
        3, Arrays.stream(spis).mapToObj(spi -> Octets.ofU32(spi)).toList());
  }

  @Test
  void bringsNewSasBesideTheOldWithTheSameDelays() {
    MemberRun run = member(VIDEO);

    run.hears(rekey(TestAnswer.of(TestRekey.newSa()).groupWide("8001000a80020014"), delete(0x100)));

    assertThat(run.kinds()).containsExactly(Kind.REKEYED);
    assertThat(run.sending()).containsExactly("0x00000100");
    run.pass(Duration.ofSeconds(10));
    assertThat(run.sending()).containsExactly("0x00000101");
    run.pass(Duration.ofSeconds(10));
    assertThat(run.spis()).containsExactly("0x00000101");
  }

  @Test
  void isForTheGroupWhoseTrafficItProtects() {
    MemberRun run = member(VIDEO, AUDIO);
    run.hears(MemberRun.registered(AUDIO, TestAnswer.of(audio(0x200))));
    run.events.clear();

    run.hears(rekey(TestAnswer.of(audio(0x201)), delete(0x200)));

    run.pass(Duration.ofSeconds(1));
    assertThat(run.spis()).containsExactly("0x00000100", "0x00000201");
  }

  @Test
  void deletionByNameIsForTheGroupThatHasTheSa() {
    MemberRun run = member(VIDEO, AUDIO);
    run.hears(MemberRun.registered(AUDIO, TestAnswer.of(audio(0x200))));

    run.hears(deletion(delete(0x200)));
    run.pass(Duration.ofSeconds(1));

    assertThat(run.spis()).containsExactly("0x00000100");
  }

  @Test
  void deletionOfEverythingIsForAllGroups() {
    MemberRun run = member(VIDEO, AUDIO);
    run.hears(MemberRun.registered(AUDIO, TestAnswer.of(audio(0x200))));

    run.hears(deletion(DeletePayload.all(3)));
    run.pass(Duration.ofSeconds(1));

    assertThat(run.spis()).isEmpty();
  }

  @Test
  void whatIsForNoGroupIsNotUsed() {
    MemberRun run = member(VIDEO);

    run.hears(rekey(TestAnswer.of(audio(0x300))));

    assertThat(run.kinds()).containsExactly(Kind.IGNORED);
    assertThat(run.spis()).containsExactly("0x00000100");
  }

  @Test
  void aRekeySaHasNoPlaceInIt() {
    MemberRun run = member(VIDEO);
    TestSa rekey = TestSa.rekey().lasting(100);
    rekey.transforms(TestSa.AES_GCM_256, TestSa.transform(13, 3));

    run.hears(rekey(TestAnswer.of(TestRekey.newSa(), rekey)));

    assertThat(run.kinds()).containsExactly(Kind.POLICY_REFUSED);
    assertThat(run.session().asked).contains("leave video 14");
    assertThat(run.member.listening()).isEmpty();
  }

  @Test
  @Tag("GM-17")
  void withoutRekeySaTheEndOfTheIkeSaIsTheEndOfTheMembership() {
    MemberRun run = member(VIDEO);
    run.hears(rekey(TestAnswer.of(TestRekey.newSa())));

    run.hears(MemberRun.closed(io.gkm.ike.CloseReason.DELETED_BY_PEER));

    assertThat(run.spis()).isEmpty();
    assertThat(run.lastEvent().kind()).isEqualTo(Kind.EXCLUDED);
  }
}
