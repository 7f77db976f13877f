package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class OctetsTest {
  @Test
  void keepsItsOwnCopy() {
    byte[] source = {1, 2};
    Octets octets = Octets.of(source);
    source[0] = 9;
    octets.toByteArray()[1] = 9;
    assertThat(octets.toHex()).isEqualTo("0102");
  }

  @Test
  void isEqualByContent() {
    assertThat(Octets.ofHex("0102"))
        .isEqualTo(Octets.of((byte) 1, (byte) 2))
        .hasSameHashCodeAs(Octets.of((byte) 1, (byte) 2))
        .isNotEqualTo(Octets.ofHex("0103"))
        .isNotEqualTo(Octets.ofHex("01"));
  }

  @Test
  void readsUnsignedNumbers() {
    assertThat(Octets.ofHex("80").toLong()).isEqualTo(128);
    assertThat(Octets.ofHex("7fffffffffffffff").toLong()).isEqualTo(Long.MAX_VALUE);
    assertThat(Octets.ofHex("00000000000000000001").toLong()).isEqualTo(1);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> Octets.ofHex("8000000000000000").toLong());
  }

  @Test
  void writesNumbers() {
    assertThat(Octets.ofU16(0xfedc).toHex()).isEqualTo("fedc");
    assertThat(Octets.ofU32(0xfedcba98L).toHex()).isEqualTo("fedcba98");
  }

  @Test
  void slicesAndCompares() {
    Octets octets = Octets.ofHex("01020304");
    assertThat(octets.slice(1, 3)).isEqualTo(Octets.ofHex("0203"));
    assertThat(octets.get(3)).isEqualTo(4);
    assertThat(Octets.ofHex("7f").compareUnsigned(Octets.ofHex("80"))).isNegative();
    assertThat(Octets.ofHex("ffff").compareUnsigned(Octets.ofHex("000000"))).isNegative();
    assertThat(Octets.ofHex("0000").isZero()).isTrue();
    assertThat(Octets.ofHex("0001").isZero()).isFalse();
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> octets.slice(2, 5));
  }

  @Test
  void abbreviatesItsText() {
    assertThat(Octets.ofHex("00ff")).hasToString("00ff");
    assertThat(Octets.of(new byte[17])).hasToString("00".repeat(16) + "..(17 octets)");
  }
}
