package io.gkm.ike.crypto;

import static io.gkm.ike.crypto.Hex.hex;
import static io.gkm.ike.crypto.Hex.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrfTest {
  /** CAVP IKEv2 vector with HMAC-SHA1, a PRF that no IKE SA accepts: new SA, Child SA, rekey. */
  @Test
  void cavpSha1() {
    Prf prf = new Prf(20, SHA1Digest::new);
    byte[] nonces = hex("32b50d5f4a3763f3" + "9206a04b26564cb1");
    String spis = "34c9e7c188868785" + "3ff77d760d2b2199";
    byte[] gir = hex("4b2c1f971981a8ad8d0abeafabf38cf75fc8349c148142465ed9c8b516b8be52");
    byte[] newGir = hex("863f3c9d06efd39d2b907b97f8699e5dd5251ef64a2a176f36ee40c87d4f9330");

    Secret skeyseed = prf.computeSecret(Secret.copyOf(nonces), gir);
    assertThat(hex(skeyseed)).isEqualTo("a9a7b222b59f8f48645f28a1db5b5f5d7479cba7");

    Secret dkm = prf.plus(skeyseed, hex(hex(nonces) + spis), 132);
    assertThat(hex(dkm))
        .isEqualTo(
            "a14293677cc80ff8f9cc0eee30d895da9d8f405666e30ef0dfcb63c634a46002a2a63080e514"
                + "a062768b76606f9fa5e992204fc5a670bde3f10d6b027113936a5c55b648a194ae587b0088d5"
                + "2204b702c979fa280870d2ed41efa9c549fd11198af1670b143d384bd275c5f594cf266b05eb"
                + "adca855e4249520a441a81157435a7a56cc4");

    Secret skD = dkm.slice(0, 20);
    assertThat(hex(prf.plus(skD, nonces, 132)))
        .isEqualTo(
            "8059e3ee8810e6c3a91bc8bcd2a7a41151b8d0e6ae239c7b38093ad85ef4c5811a8e7b5d1cda"
                + "bd9560b2d5e092d1f24e2d4b85eccdf0ad0dc9abd94b51ee71814ca6dbc8bb51b6309f5b9545"
                + "c7eb35cf5580b1e521a8fe20754a2d883ba0c2cf285f524aea6545b33106bc03e614296d319d"
                + "41d4b50b3f510b1c0a22f3e664994d234cb4");
    assertThat(hex(prf.plus(skD, hex(hex(newGir) + hex(nonces)), 132)))
        .isEqualTo(
            "bb43244c1860ad65ee1e211ffe8bb3661750c8f89cb9f547df7f4fa61d37301628190e38c662"
                + "32eab4b3ab14c400a5197dd3730ed4820a8a10394d51e1c0400052f63ebd36b0e7ef53aaed31"
                + "eba4a5080d7d4b5666023a8bbb5ffb7857240f9a05884d1b7d2f933708450b7b3288f1fc863a"
                + "b49fa901227cffc06e27899c7054d56fd74c");
    assertThat(hex(prf.compute(skD, newGir, nonces)))
        .isEqualTo("63e81194946ebd05df7df5ebf5d8750056bf1f1d");
  }

  /** Derived from RFC 4868's HMAC-SHA-256 test case 1. */
  @Test
  void prfPlusSha256() throws Exception {
    Secret key = secret("0b".repeat(20));
    byte[] seed = "Hi There".getBytes(StandardCharsets.US_ASCII);
    String expected =
        "b9bdc08988b4c2b75aa93e596ac84205fa2ddde1bf7a2572067b00e14b237732830509981ad2"
            + "f94a8c32a47daa2255b660c436347ae756a6edc023477d809590e682f61d9c04b06b4ad971a3"
            + "4c8147fa66792ff1434b93c722b32e12f48832ebc15ce2369ce71fe9b7b81e5704c14d0f5280"
            + "a6ec626e992d7a9fe8a349fa7d8f79f2139abf077d9e2a3e";
    assertThat(hex(Prf.of(5).plus(key, seed, expected.length() / 2))).isEqualTo(expected);
  }

  /**
   * Mixing a post-quantum pre-shared key (RFC 8784) is a plain prf+; RFC 9867's confirmation a prf.
   */
  @Test
  void ppk() throws Exception {
    Prf prf = Prf.of(5);
    Secret ppk = Secret.wrap(Hex.counting(0x50, 32));
    assertThat(hex(prf.plus(ppk, Hex.counting(0, 32), 32)))
        .isEqualTo("f73f89a4c9ad2ee44a5dd359375678f21c0f4c1a5857165efcd608fb58303556");
    byte[] data = hex("ed80dc79912c32a935fb6d1a3feac07847c1858efc932ea4606fd05609624002");
    assertThat(hex(Arrays.copyOf(prf.compute(ppk, data), 8))).isEqualTo("b5d8d2878f435bbf");
  }

  @Test
  void dataInPartsIsDataJoined() throws Exception {
    Secret key = secret("0102");
    byte[] parts = Prf.of(7).compute(key, hex("aa"), new byte[0], hex("bbcc"));
    assertThat(parts).isEqualTo(Prf.of(7).compute(key, hex("aabbcc"))).hasSize(64);
  }

  @Test
  void prfPlusHasAtMost255Blocks() throws Exception {
    Prf prf = Prf.of(6);
    Secret key = secret("01");
    Secret longest = prf.plus(key, hex("02"), 255 * 48);
    assertThat(longest.length()).isEqualTo(255 * 48);
    assertThat(longest.slice(0, 100)).isEqualTo(prf.plus(key, hex("02"), 100));
    assertThatThrownBy(() -> prf.plus(key, hex("02"), 255 * 48 + 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> prf.plus(key, hex("02"), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 2, 3, 4, 8, 9, 65535})
  void unsupported(int prfId) {
    assertThatThrownBy(() -> Prf.of(prfId))
        .isInstanceOf(CryptoException.class)
        .hasMessage("PRF transform " + prfId + " is not supported");
  }
}
