package io.gkm.ike.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gkm.ike.wire.HashId;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureChoiceTest {
  private static byte[] spki(String kind) throws Exception {
    if (kind.startsWith("rsa")) {
      KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
      rsa.initialize(Integer.parseInt(kind.substring(3)));
      return rsa.generateKeyPair().getPublic().getEncoded();
    }
    if (kind.startsWith("secp")) {
      KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
      ec.initialize(new ECGenParameterSpec(kind));
      return ec.generateKeyPair().getPublic().getEncoded();
    }
    return KeyPairGenerator.getInstance(kind).generateKeyPair().getPublic().getEncoded();
  }

  private static Set<Integer> hashes(String numbers) {
    return Arrays.stream(numbers.split(" ", -1)).map(Integer::valueOf).collect(Collectors.toSet());
  }

  /** Key, what the peer announced (RFC 7427 section 7), what is chosen. */
  @ParameterizedTest
  @CsvSource({
    "secp256r1, 2 3 4 5, ECDSA with SHA2-256",
    "secp256r1, 1 4, ECDSA with SHA2-512",
    "secp384r1, 2 3 4, ECDSA with SHA2-384",
    "secp384r1, 2, ECDSA with SHA2-256",
    "secp521r1, 2 3 4, ECDSA with SHA2-512",
    "rsa2048, 2 3 4, RSASSA-PSS with SHA2-256",
    "rsa2048, 3, RSASSA-PSS with SHA2-384",
    "Ed25519, 2 5, Ed25519",
    "Ed448, 5, Ed448",
  })
  void choosesWhatThePeerTakes(String key, String announced, String chosen) throws Exception {
    assertThat(SignatureChoice.of(spki(key), hashes(announced))).hasToString(chosen);
  }

  @ParameterizedTest
  @CsvSource({"secp256r1, 1", "secp256r1, 5", "rsa2048, 1 5 6", "Ed25519, 1 2 3 4", "Ed448, 6 7"})
  void signsWithNothingThatWasNotAnnounced(String key, String announced) throws Exception {
    byte[] spki = spki(key);

    assertThatThrownBy(() -> SignatureChoice.of(spki, hashes(announced)))
        .isInstanceOf(CryptoException.class)
        .hasMessageStartingWith("the peer takes none of [");
  }

  @ParameterizedTest
  @CsvSource({"rsa1024", "X25519"})
  void keysThatMustNotSign(String key) throws Exception {
    byte[] spki = spki(key);

    assertThatThrownBy(() -> SignatureChoice.usable(spki)).isInstanceOf(CryptoException.class);
  }

  @Test
  void announcesNoSha1() {
    assertThat(SignatureChoice.accepted())
        .containsExactlyInAnyOrder(
            HashId.SHA2_256, HashId.SHA2_384, HashId.SHA2_512, HashId.IDENTITY)
        .doesNotContain(HashId.SHA1);
  }
}
