package io.gkm.ike.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gkm.ike.wire.KwaId;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ARX-KW-8-2-4-GX. */
class ArxKeyWrapTest {
  private static byte[] counting(int length) {
    byte[] octets = new byte[length];
    for (int i = 0; i < length; i++) {
      octets[i] = (byte) i;
    }
    return octets;
  }

  private static KeyWrap wrap() throws CryptoException {
    return KeyWrap.of(KwaId.KW_ARX, Secret.wrap(counting(32)));
  }

  /** The vector of the paper. */
  @Test
  void thePublishedVector() throws CryptoException {
    byte[] plain = HexFormat.of().parseHex("deadbeef".repeat(8));
    String wrapped =
        "016325cf6a3c4b2e3b039675e1ccbc65"
            + "2f83f391c97f3606ccd5709c6ee15d66cd7e65a2aeb7dc3066636e8f6b0d39c3";

    assertThat(wrap().wrap(Secret.copyOf(plain))).isEqualTo(HexFormat.of().parseHex(wrapped));
    assertThat(wrap().unwrap(HexFormat.of().parseHex(wrapped)).bytes()).isEqualTo(plain);
  }

  /** Made by an independent implementation: octets counting up from 0. */
  @ParameterizedTest
  @CsvSource({
    "1, 28d3a513f68f230c4b13657c046d4a1a, d9",
    "20, 0010ff4cc0d25a17b8101aea1163675c, 92cc4da029ff45980194774b3ca47a25a368f769",
    "36, c09801fb651d3ff9108f72faa7ff2c37,"
        + " 2ed0ba64d4631d9eba436abf74ed1f12c1e10aeb9d215e00e80bd4b383fba16721d71d19",
    "68, 5e840a15f59d9c55667b554857fd2d80,"
        + " 8457d0f296bbf529c8a712f75b2a10bb447f40f1e8b53e5ed1268ce7b48a733337867d061ff8b7a022a242"
        + "0ca3594252fc098a3ac9e058ed0450d09742ff2c9e971590ec",
  })
  void otherLengths(int length, String tag, String ciphertext) throws CryptoException {
    assertThat(HexFormat.of().formatHex(wrap().wrap(Secret.wrap(counting(length)))))
        .isEqualTo(tag + ciphertext);
  }

  @Test
  void everyChangedOctetIsNoticed() throws CryptoException {
    byte[] good = wrap().wrap(Secret.wrap(counting(68)));
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 1;
      assertThatThrownBy(() -> wrap().unwrap(bad)).isInstanceOf(CryptoException.class);
    }
  }

  @Test
  void impossibleLengthsAreRefused() throws CryptoException {
    for (int length : new int[] {0, 15, 16, 273, 1000}) {
      assertThatThrownBy(() -> wrap().unwrap(new byte[length]))
          .isInstanceOf(CryptoException.class)
          .hasMessageContaining(length + " octets");
    }
    assertThatThrownBy(() -> KeyWrap.of(KwaId.KW_ARX, Secret.wrap(new byte[16])))
        .isInstanceOf(CryptoException.class);
  }

  @Test
  void anotherKeyOpensNothing() throws CryptoException {
    byte[] wrapped = wrap().wrap(Secret.wrap(counting(32)));
    byte[] other = counting(32);
    Arrays.fill(other, 0, 1, (byte) 9);
    KeyWrap wrong = KeyWrap.of(KwaId.KW_ARX, Secret.wrap(other));

    assertThatThrownBy(() -> wrong.unwrap(wrapped)).isInstanceOf(CryptoException.class);
  }
}
