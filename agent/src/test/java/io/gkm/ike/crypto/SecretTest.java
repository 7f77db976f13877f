package io.gkm.ike.crypto;

import static io.gkm.ike.crypto.Hex.counting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SecretTest {
  @Test
  void copyLeavesTheSourceAlone() {
    byte[] source = counting(1, 4);
    try (Secret secret = Secret.copyOf(source)) {
      source[0] = 99;
      assertThat(secret.bytes()).containsExactly(1, 2, 3, 4);
    }
    assertThat(source).containsExactly(99, 2, 3, 4);
  }

  @Test
  void closeZeroesAnOwnedArray() {
    byte[] owned = counting(1, 4);
    Secret secret = Secret.wrap(owned);
    secret.close();
    secret.close();
    assertThat(owned).containsOnly(0);
  }

  @Test
  void closedSecretIsUnusable() {
    Secret secret = Secret.wrap(counting(1, 4));
    secret.close();
    assertThatThrownBy(secret::bytes).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(secret::length).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> secret.slice(0, 0)).isInstanceOf(IllegalStateException.class);
    assertThat(secret).hasToString("Secret[4 octets]").isEqualTo(secret);
    assertThat(secret).isNotEqualTo(Secret.wrap(new byte[4]));
    assertThat(Secret.wrap(new byte[4])).isNotEqualTo(secret);
  }

  @Test
  void sliceIsIndependent() {
    Secret whole = Secret.wrap(counting(0, 8));
    Secret part = whole.slice(2, 3);
    whole.close();
    assertThat(part.bytes()).containsExactly(2, 3, 4);
  }

  @Test
  void sliceStaysInside() {
    Secret secret = Secret.wrap(counting(0, 8));
    assertThat(secret.slice(8, 0).length()).isZero();
    for (int[] range : new int[][] {{-1, 2}, {0, 9}, {8, 1}, {3, -1}, {4, Integer.MAX_VALUE}}) {
      assertThatThrownBy(() -> secret.slice(range[0], range[1]))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void equalityIsByContentAndHashSaysNothing() {
    Secret one = Secret.wrap(counting(0, 32));
    Secret same = Secret.wrap(counting(0, 32));
    Secret other = Secret.wrap(counting(1, 32));
    assertThat(one).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(one).isNotEqualTo(other).hasSameHashCodeAs(other);
    assertThat(one).isNotEqualTo(Secret.wrap(counting(0, 31)));
  }

  @Test
  void toStringShowsOnlyTheLength() {
    assertThat(Secret.wrap(counting(0x41, 32))).hasToString("Secret[32 octets]");
  }
}
