package io.gkm.dataplane.iv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SenderIdTest {
  /** Sender-ID, bits, the first and the last IV of this sender. */
  @ParameterizedTest
  @Tag("GM-26")
  @CsvSource({
    "5, 8, 0500000000000000, 05ffffffffffffff",
    "0, 8, 0000000000000000, 00ffffffffffffff",
    "255, 8, ff00000000000000, ffffffffffffffff",
    "5, 12, 0050000000000000, 005fffffffffffff",
    "2748, 12, abc0000000000000, abcfffffffffffff",
    "5, 16, 0005000000000000, 0005ffffffffffff",
    "65534, 16, fffe000000000000, fffeffffffffffff",
    "1, 1, 8000000000000000, ffffffffffffffff",
    "9223372036854775807, 64, 7fffffffffffffff, 7fffffffffffffff",
  })
  void itIsTheUppermostBits(long value, int bits, String first, String last) {
    SenderId id = new SenderId(value, bits);
    long from = Long.parseUnsignedLong(first, 16);
    long to = Long.parseUnsignedLong(last, 16);
    assertThat(id.isIn(from)).isTrue();
    assertThat(id.isIn(to)).isTrue();
    assertThat(SenderId.of(from, bits)).isEqualTo(id);
    assertThat(SenderId.of(to, bits)).isEqualTo(id);
    // Of all 64-bit numbers the one before and the one after are another sender's, if there is one.
    assertThat(id.isIn(from - 1)).isFalse();
    assertThat(id.isIn(to + 1)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"256, 8", "4096, 12", "65536, 16", "2, 1", "-1, 16", "0, 0", "0, 65", "1, -1"})
  void whatDoesNotFitIsRefused(long value, int bits) {
    assertThatThrownBy(() -> new SenderId(value, bits))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void moreThanSixteenBitsAreNotDrawn() {
    assertThat(new SenderId(1, 16).canBeDrawn()).isTrue();
    assertThat(new SenderId(1, 17).canBeDrawn()).isFalse();
    assertThat(new SenderId(1, 12).expectedTries()).isEqualTo(4096);
  }

  @Test
  void peopleReadItWithItsSize() {
    assertThat(new SenderId(5, 12)).hasToString("5 (12 bits)");
  }
}
