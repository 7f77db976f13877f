package io.gkm.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LifetimeTest {
  @Test
  void theKernelEndsAnSaBeforeItsTimeAndAnnouncesThatEarlier() {
    for (int millis = 1_300; millis < 200_000; millis += 37) {
      Lifetime lifetime = Lifetime.of(Optional.of(Duration.ofMillis(millis)));
      assertThat(lifetime.hardSeconds() * 1000).isBetween(millis - 1_250L, millis - 250L);
      assertThat(lifetime.softSeconds()).isLessThanOrEqualTo(lifetime.hardSeconds());
      if (lifetime.hardSeconds() > 1) {
        assertThat(lifetime.softSeconds()).isBetween(1L, lifetime.hardSeconds() - 1);
      }
    }
  }

  @Test
  void neverLessThanASecondBecauseZeroIsForever() {
    assertThat(Lifetime.of(Optional.of(Duration.ofMillis(-5))).hardSeconds()).isEqualTo(1);
    assertThat(Lifetime.of(Optional.empty())).isEqualTo(Lifetime.UNLIMITED);
  }

  @Test
  void countsFromTheAddition() {
    assertThat(new Lifetime(95, 100, 7).since(40).hardSeconds()).isEqualTo(140);
    assertThat(new Lifetime(95, 100, 7).since(40).softPackets()).isEqualTo(7);
    assertThat(Lifetime.UNLIMITED.since(40)).isEqualTo(Lifetime.UNLIMITED);
  }
}
