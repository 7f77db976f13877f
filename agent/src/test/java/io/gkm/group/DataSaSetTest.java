package io.gkm.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gkm.ike.Moment;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
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
    set.replace(accepted(NOW, TestSa.esp(0x100).lasting(100)));
    Moment later = NOW.plus(Duration.ofSeconds(80));
    List<DataSa> again = accepted(later, TestSa.esp(0x100).lasting(100));

    assertThat(set.replace(again)).as("it ends later now").isTrue();

    DataSa sa = set.view().get(0);
    assertThat(sa.generation()).isEqualTo(1);
    assertThat(sa.installedAt()).isEqualTo(NOW);
    assertThat(sa.expiresAt()).contains(later.plus(Duration.ofSeconds(100)));
    assertThat(sa.keys().encryption().length()).isEqualTo(32);
    assertWiped(again.get(0));
  }

  @Test
  void nothingChangesWhenNothingIsDifferent() {
    set.replace(accepted(NOW, TestSa.esp(0x100)));

    assertThat(set.replace(accepted(NOW, TestSa.esp(0x100)))).isFalse();
  }

  @Test
  void anotherKeyOrSelectorUnderTheSameSpiIsANewGeneration() {
    set.replace(accepted(NOW, TestSa.esp(0x100)));
    DataSa first = set.view().get(0);

    assertThat(set.replace(accepted(NOW, TestSa.esp(0x100).key(TestSa.material(64, 9))))).isTrue();
    assertThat(set.view()).extracting(DataSa::generation).containsExactly(2);
    assertWiped(first);

    DataSa second = set.view().get(0);
    set.replace(accepted(NOW, TestSa.esp(0x100).from("192.0.2.10").key(TestSa.material(64, 9))));
    assertThat(set.view()).extracting(DataSa::generation).containsExactly(3);
    assertWiped(second);
  }

  @Test
  void anSaThatIsNotInTheNewPolicyGoes() {
    set.replace(accepted(NOW, TestSa.esp(0x100), TestSa.esp(0x101).key(TestSa.material(64, 2))));
    DataSa gone = set.view().get(0);

    assertThat(set.replace(accepted(NOW, TestSa.esp(0x101).key(TestSa.material(64, 2))))).isTrue();

    assertThat(set.view()).extracting(DataSa::spi).containsExactly(0x101);
    assertWiped(gone);
  }

  @Test
  void whatWasHandedOutKeepsItsKeysUntilTheReceiverWipesThem() {
    set.replace(accepted(NOW, TestSa.esp(0x100)));
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
        List.of(new GroupState("video", Groups.video(Role.BOTH).allow(), set.copies())));
  }

  @Test
  void dropsAndWipesExactlyWhatIsOver() {
    set.replace(
        accepted(
            NOW,
            TestSa.esp(0x100).lasting(10),
            TestSa.esp(0x101).lasting(20).key(TestSa.material(64, 2)),
            TestSa.esp(0x102).attributes().key(TestSa.material(64, 3))));
    DataSa first = set.view().get(0);

    assertThat(set.firstExpiry()).contains(NOW.plus(Duration.ofSeconds(10)));
    assertThat(set.expire(NOW.plus(Duration.ofMillis(9_999)))).isEmpty();
    assertThat(set.expire(NOW.plus(Duration.ofSeconds(10)))).containsExactly("0x00000100");
    assertWiped(first);
    assertThat(set.firstExpiry()).contains(NOW.plus(Duration.ofSeconds(20)));
    assertThat(set.expire(NOW.plus(Duration.ofDays(1)))).containsExactly("0x00000101");
    assertThat(set.firstExpiry()).isEmpty();
    assertThat(set.view()).extracting(DataSa::spi).containsExactly(0x102);
  }

  @Test
  void keysAreInNoText() {
    byte[] key = new byte[64];
    Arrays.fill(key, (byte) 0x5a);
    set.replace(accepted(NOW, TestSa.esp(0x100).key(key)));

    assertThat(desired().toString())
        .contains("Secret[32 octets]")
        .doesNotContainIgnoringCase("5a5a")
        .doesNotContain("90, 90");
  }
}
