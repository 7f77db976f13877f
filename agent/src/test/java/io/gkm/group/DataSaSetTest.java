package io.gkm.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gkm.ike.Moment;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DataSaSetTest {
  private static final Moment NOW = new Moment(0);

  private final DataSaSet set = new DataSaSet();

  private static List<DataSa> accepted(Moment now, TestSa... sas) {
    PolicyDecision decision =
        new PolicyAcceptance(Groups.LOCAL)
            .decide(now, Groups.video(Role.BOTH), 1, TestAnswer.of(sas).build());
    return ((PolicyDecision.Accepted) decision).dataSas();
  }

  private static void assertWiped(DataSa sa) {
    assertThatThrownBy(() -> sa.keys().encryption().bytes())
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> sa.keys().integrity().bytes())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theSameSpiAndKeyStaysTheSameGeneration() {
    set.replace(NOW, accepted(NOW, TestSa.esp(0x100).lasting(100)));
    Moment later = NOW.plus(Duration.ofSeconds(80));
    List<DataSa> again = accepted(later, TestSa.esp(0x100).lasting(100));

    assertThat(set.replace(later, again)).as("it ends later now").isTrue();

    DataSa sa = set.view().get(0);
    assertThat(sa.generation()).isEqualTo(1);
    assertThat(sa.installedAt()).isEqualTo(NOW);
    assertThat(sa.expiresAt()).contains(later.plus(Duration.ofSeconds(100)));
    assertThat(sa.keys().encryption().length()).isEqualTo(32);
    assertWiped(again.get(0));
  }

  @Test
  void nothingChangesWhenNothingIsDifferent() {
    set.replace(NOW, accepted(NOW, TestSa.esp(0x100)));

    assertThat(set.replace(NOW, accepted(NOW, TestSa.esp(0x100)))).isFalse();
  }

  @Test
  void anotherKeyOrSelectorUnderTheSameSpiIsANewGeneration() {
    set.replace(NOW, accepted(NOW, TestSa.esp(0x100)));
    DataSa first = set.view().get(0);

    assertThat(set.replace(NOW, accepted(NOW, TestSa.esp(0x100).key(TestSa.material(64, 9)))))
        .isTrue();
    assertThat(set.view()).extracting(DataSa::generation).containsExactly(2);
    assertWiped(first);

    DataSa second = set.view().get(0);
    set.replace(
        NOW, accepted(NOW, TestSa.esp(0x100).from("192.0.2.10").key(TestSa.material(64, 9))));
    assertThat(set.view()).extracting(DataSa::generation).containsExactly(3);
    assertWiped(second);
  }

  @Test
  void anSaThatIsNotInTheNewPolicyGoes() {
    set.replace(
        NOW, accepted(NOW, TestSa.esp(0x100), TestSa.esp(0x101).key(TestSa.material(64, 2))));
    DataSa gone = set.view().get(0);

    assertThat(set.replace(NOW, accepted(NOW, TestSa.esp(0x101).key(TestSa.material(64, 2)))))
        .isTrue();

    assertThat(set.view()).extracting(DataSa::spi).containsExactly(0x101);
    assertWiped(gone);
  }

  @Test
  void whatWasHandedOutKeepsItsKeysUntilTheReceiverWipesThem() {
    set.replace(NOW, accepted(NOW, TestSa.esp(0x100)));
    DataSa own = set.view().get(0);
    DesiredState first = desired();
    DesiredState second = desired();

    set.clear();

    assertWiped(own);
    DataSa handedOut = first.groups().get(0).dataSas().get(0);
    assertThat(handedOut.keys().encryption().bytes()[0]).isEqualTo(TestSa.material(64, 1)[0]);
    first.close();
    assertWiped(handedOut);
    assertThat(second.groups().get(0).dataSas().get(0).keys().encryption().length()).isEqualTo(32);
    first.close();
    second.close();
  }

  private DesiredState desired() {
    return new DesiredState(
        List.of(new GroupState("video", Groups.video(Role.BOTH).allow(), List.of(), set.copies())));
  }

  @Test
  void dropsAndWipesExactlyWhatIsOver() {
    set.replace(
        NOW,
        accepted(
            NOW,
            TestSa.esp(0x100).lasting(10),
            TestSa.esp(0x101).lasting(20).key(TestSa.material(64, 2)),
            TestSa.esp(0x102).attributes().key(TestSa.material(64, 3))));
    DataSa first = set.view().get(0);

    assertThat(set.deadline()).contains(NOW.plus(Duration.ofSeconds(10)));
    assertThat(set.pass(NOW.plus(Duration.ofMillis(9_999))).changed()).isFalse();
    assertThat(set.pass(NOW.plus(Duration.ofSeconds(10))).changed()).isTrue();
    assertWiped(first);
    assertThat(set.deadline()).contains(NOW.plus(Duration.ofSeconds(20)));
    assertThat(set.pass(NOW.plus(Duration.ofDays(1))).expired())
        .as("a newer SA protects the same traffic")
        .isEmpty();
    assertThat(set.deadline()).isEmpty();
    assertThat(set.view()).extracting(DataSa::spi).containsExactly(0x102);
  }

  @Test
  @Tag("GM-34")
  void tellsOfTrafficThatIsLeftWithoutAnSa() {
    set.replace(NOW, accepted(NOW, TestSa.esp(0x100).lasting(10)));

    assertThat(set.pass(NOW.plus(Duration.ofSeconds(10))).expired()).containsExactly("0x00000100");
    assertThat(set.isEmpty()).isTrue();
  }

  /** RFC 9838 section 4.4.3.1: ATD 10 s, DTD 20 s. */
  @Test
  @Tag("GM-36")
  void anSaOfARekeyReceivesAtOnceAndSendsAfterTheActivationDelay() {
    set.replace(NOW, accepted(NOW, TestSa.esp(0x100)));
    Moment rekey = NOW.plus(Duration.ofSeconds(100));

    assertThat(
            set.add(
                rekey,
                accepted(rekey, TestSa.esp(0x101).key(TestSa.material(64, 2))),
                rekey.plus(Duration.ofSeconds(10))))
        .isTrue();
    set.retire(sa -> sa.spi() == 0x100, rekey.plus(Duration.ofSeconds(20)));
    assertThat(set.view()).extracting(DataSa::inbound).containsExactly(true, true);
    assertThat(set.view()).extracting(DataSa::sending).containsExactly(true, false);

    assertThat(set.deadline()).contains(rekey.plus(Duration.ofSeconds(10)));
    assertThat(set.pass(rekey.plus(Duration.ofMillis(9_999))).changed()).isFalse();
    assertThat(set.pass(rekey.plus(Duration.ofSeconds(10))).changed()).isTrue();
    assertThat(set.view()).extracting(DataSa::sending).containsExactly(false, true);
    assertThat(set.view()).extracting(DataSa::inbound).containsExactly(true, true);

    assertThat(set.deadline()).contains(rekey.plus(Duration.ofSeconds(20)));
    assertThat(set.pass(rekey.plus(Duration.ofSeconds(20))).expired()).isEmpty();
    assertThat(set.view()).extracting(DataSa::spi).containsExactly(0x101);
  }

  @Test
  @Tag("GM-36")
  void withoutDelayTheNewSaSendsAtOnce() {
    set.replace(NOW, accepted(NOW, TestSa.esp(0x100)));
    set.add(NOW, accepted(NOW, TestSa.esp(0x101).key(TestSa.material(64, 2))), NOW);

    assertThat(set.view()).extracting(DataSa::sending).containsExactly(false, true);
  }

  @Test
  void whenTheOldSaEndsEarlyTheNewOneSendsBeforeItsTime() {
    set.replace(NOW, accepted(NOW, TestSa.esp(0x100).lasting(5)));
    set.add(
        NOW,
        accepted(NOW, TestSa.esp(0x101).key(TestSa.material(64, 2))),
        NOW.plus(Duration.ofSeconds(10)));

    set.pass(NOW.plus(Duration.ofSeconds(5)));

    assertThat(set.view()).extracting(DataSa::spi).containsExactly(0x101);
    assertThat(set.view()).extracting(DataSa::sending).containsExactly(true);
  }

  @Test
  void overlappingRekeysTakeTurns() {
    set.replace(NOW, accepted(NOW, TestSa.esp(0x100)));
    for (int i = 1; i <= 3; i++) {
      Moment at = NOW.plus(Duration.ofSeconds(2L * i));
      set.add(
          at,
          accepted(at, TestSa.esp(0x100 + i).key(TestSa.material(64, 1 + i))),
          at.plus(Duration.ofSeconds(10)));
    }
    set.pass(NOW.plus(Duration.ofSeconds(13)));
    assertThat(set.view()).extracting(DataSa::sending).containsExactly(false, true, false, false);
    set.pass(NOW.plus(Duration.ofSeconds(16)));
    assertThat(set.view()).extracting(DataSa::sending).containsExactly(false, false, false, true);
  }

  @Test
  void theSameSaAgainIsNoNewOne() {
    set.replace(NOW, accepted(NOW, TestSa.esp(0x100)));

    assertThat(set.add(NOW, accepted(NOW, TestSa.esp(0x100)), NOW)).isFalse();
    assertThat(set.view()).hasSize(1);
  }

  @Test
  void keysAreInNoText() {
    byte[] key = new byte[64];
    Arrays.fill(key, (byte) 0x5a);
    set.replace(NOW, accepted(NOW, TestSa.esp(0x100).key(key)));

    assertThat(desired().toString())
        .contains("Secret[32 octets]")
        .doesNotContainIgnoringCase("5a5a")
        .doesNotContain("90, 90");
  }
}
