package io.gkm.ike.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What RFC 8247 and RFC 9395 deprecate, and what must never protect an IKE or Rekey SA: there is no
 * way to name it, neither as ours nor as the peer's.
 */
class DeprecatedAlgorithmsTest {
  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "1, DES_IV64",
    "2, DES",
    "3, 3DES",
    "4, RC5",
    "5, IDEA",
    "6, CAST",
    "7, BLOWFISH",
    "8, 3IDEA",
    "9, DES_IV32",
    "11, NULL",
    "21, NULL_AUTH_AES_GMAC",
    "29, AES_CCM_8_IIV",
    "30, AES_GCM_16_IIV",
    "31, CHACHA20_POLY1305_IIV"
  })
  void encryption(int id, String name) {
    assertThat(EncrAlgorithm.find(id)).as(name).isEmpty();
    for (int bits : new int[] {0, 64, 128, 168, 192, 256}) {
      assertThat(IkeSuite.problem(id, bits, 5, 0, 31, 3)).isNotEmpty();
      assertThat(IkeSuite.problem(id, bits, 5, 12, 31, 3)).isNotEmpty();
      assertThat(RekeySuite.problem(id, bits, 0, 3)).isNotEmpty();
      assertThat(RekeySuite.problem(id, bits, 12, 3)).isNotEmpty();
    }
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({"1, HMAC_MD5", "2, HMAC_SHA1", "3, HMAC_TIGER"})
  void prf(int id, String name) {
    assertThat(Prf.find(id)).as(name).isEmpty();
    assertThat(IkeSuite.problem(20, 256, id, 0, 31, 3)).contains("PRF transform " + id);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "1, HMAC_MD5_96",
    "2, HMAC_SHA1_96",
    "3, DES_MAC",
    "4, KPDK_MD5",
    "6, HMAC_MD5_128",
    "7, HMAC_SHA1_160"
  })
  void integrity(int id, String name) {
    assertThat(IntegAlgorithm.find(id)).as(name).isEmpty();
    assertThat(IkeSuite.problem(12, 256, 5, id, 31, 3)).contains("INTEG transform " + id);
    assertThat(RekeySuite.problem(12, 256, id, 3)).contains("INTEG transform " + id);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "1, MODP_768",
    "2, MODP_1024",
    "5, MODP_1536",
    "22, MODP_1024_160",
    "23, MODP_2048_224",
    "24, MODP_2048_256",
    "25, ECP_192",
    "26, ECP_224",
    "27, BRAINPOOL_P224R1"
  })
  void keyExchange(int id, String name) {
    assertThat(KeyExchange.isSupported(id)).as(name).isFalse();
    assertThat(IkeSuite.problem(20, 256, 5, 0, id, 3)).contains("method " + id);
  }

  /** Nothing else slipped in either: the whole list of what there is. */
  @ParameterizedTest
  @CsvSource({"65535"})
  void all(int last) {
    assertThat(IntStream.rangeClosed(0, last).filter(i -> EncrAlgorithm.find(i).isPresent()))
        .containsExactly(12, 13, 14, 15, 16, 18, 19, 20, 28);
    assertThat(IntStream.rangeClosed(0, last).filter(i -> Prf.find(i).isPresent()))
        .containsExactly(5, 6, 7);
    assertThat(IntStream.rangeClosed(0, last).filter(i -> IntegAlgorithm.find(i).isPresent()))
        .containsExactly(0, 12, 13, 14);
    assertThat(IntStream.rangeClosed(0, last).filter(KeyExchange::isSupported))
        .containsExactly(14, 15, 16, 17, 18, 19, 20, 21, 28, 29, 30, 31, 32);
  }
}
