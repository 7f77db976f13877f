package io.gkm.ike.crypto;

import static io.gkm.ike.crypto.Hex.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class IvSourceTest {
  @Test
  void counterCounts() throws Exception {
    IvSource ivs = IvSource.counter(0xFF);
    assertThat(hex(ivs.next())).isEqualTo("00000000000000ff");
    assertThat(hex(ivs.next())).isEqualTo("0000000000000100");
  }

  @Test
  void counterIsUnsignedAndNeverWraps() throws Exception {
    IvSource middle = IvSource.counter(Long.MAX_VALUE);
    assertThat(hex(middle.next())).isEqualTo("7fffffffffffffff");
    assertThat(hex(middle.next())).isEqualTo("8000000000000000");

    IvSource end = IvSource.counter(-2);
    assertThat(hex(end.next())).isEqualTo("fffffffffffffffe");
    assertThat(hex(end.next())).isEqualTo("ffffffffffffffff");
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(end::next).isInstanceOf(CryptoException.class);
    }
  }

  @Test
  void randomComesFromTheGivenSource() throws Exception {
    IvSource one = IvSource.random(new Deterministic(1), 16);
    IvSource same = IvSource.random(new Deterministic(1), 16);
    assertThat(one.next()).hasSize(16).isEqualTo(same.next()).isNotEqualTo(one.next());
  }
}
