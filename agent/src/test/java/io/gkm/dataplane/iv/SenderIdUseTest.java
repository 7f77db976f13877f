package io.gkm.dataplane.iv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SenderIdUseTest {
  private static final SenderId FIRST = new SenderId(5, 8);
  private static final SenderId SECOND = new SenderId(9, 8);

  private final SenderIdUse use = new SenderIdUse();

  @Test
  @Tag("GM-3")
  void eachKeyTakesEachSenderIdOnceInTheOrderOfTheirAssignment() {
    List<SenderId> assigned = List.of(SECOND, FIRST);
    assertThat(use.firstUnused(key(1), assigned)).contains(SECOND);
    assertThat(use.firstUnused(key(1), assigned)).as("asking uses nothing up").contains(SECOND);
    use.markUsed(key(1), SECOND);
    assertThat(use.firstUnused(key(1), assigned)).contains(FIRST);
    assertThat(use.firstUnused(key(2), assigned)).contains(SECOND);
    use.markUsed(key(1), FIRST);
    assertThat(use.firstUnused(key(1), assigned)).isEmpty();
    assertThat(use.firstUnused(key(1), List.of(new SenderId(6, 8)))).isPresent();
  }

  @Test
  void aSecondUseIsRefused() {
    use.markUsed(key(1), FIRST);
    assertThatThrownBy(() -> use.markUsed(key(1), FIRST))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("5 (8 bits)");
  }

  @Test
  void senderIdsOfOtherSizesThatShareIvsAreUsedToo() {
    use.markUsed(key(1), new SenderId(0x5, 8));
    assertThat(use.firstUnused(key(1), List.of(new SenderId(0x05a, 12)))).isEmpty();
    assertThat(use.firstUnused(key(1), List.of(new SenderId(0, 4)))).isEmpty();
    assertThat(use.firstUnused(key(1), List.of(new SenderId(0x06a, 12)))).isPresent();
  }

  @Test
  void itIsBoundedAndForgetsTheOldestKeyFirst() {
    for (int i = 0; i <= SenderIdUse.MOST_KEYS; i++) {
      use.markUsed(key(i), FIRST);
    }
    assertThat(use.firstUnused(key(0), List.of(FIRST))).isPresent();
    assertThat(use.firstUnused(key(1), List.of(FIRST))).isEmpty();
    assertThat(use.firstUnused(key(SenderIdUse.MOST_KEYS), List.of(FIRST))).isEmpty();
  }

  private static byte[] key(int number) {
    return ByteBuffer.allocate(20).putInt(number).array();
  }
}
