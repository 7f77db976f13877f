package io.gkm.ike.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.HexFormat;
import java.util.List;

/**
 * What a peer says about signatures and keys (RFC 7427, RFC 5280): it is understood, or refused by
 * a CryptoException, and nothing else.
 *
 * <p>In a test run each target is given the committed inputs (src/test/resources,
 * CryptoFuzzTestInputs); scripts/fuzz looks for more.
 */
class CryptoFuzzTest {
  private static final List<String> ALGORITHMS =
      List.of(
          "300506032b6570", // Ed25519
          "300506032b6571", // Ed448
          "300a06082a8648ce3d040302", // ECDSA with SHA-256
          "300d06092a864886f70d01010b0500"); // RSA PKCS #1 with SHA-256

  /** DER AlgorithmIdentifier of a signature. */
  @FuzzTest
  void algorithmIdentifier(byte[] data) {
    try {
      SignatureAlgorithm algorithm = SignatureAlgorithm.parse(data);
      assertThat(SignatureAlgorithm.parse(algorithm.encoded())).isEqualTo(algorithm);
      assertThat(algorithm.toString()).isNotEmpty().hasSizeLessThan(200);
    } catch (CryptoException e) {
      told(e);
    }
  }

  /** SubjectPublicKeyInfo, as AUTH_KEY has it: first octet which algorithm it is for. */
  @FuzzTest
  void publicKey(byte[] data) throws CryptoException {
    if (data.length == 0) {
      return;
    }
    byte[] spki = java.util.Arrays.copyOfRange(data, 1, data.length);
    String der = ALGORITHMS.get((data[0] & 0xff) % ALGORITHMS.size());
    SignatureAlgorithm algorithm = SignatureAlgorithm.parse(HexFormat.of().parseHex(der));
    try {
      assertThat(SignatureKeys.parse(spki, algorithm).getEncoded()).isNotEmpty();
    } catch (CryptoException e) {
      told(e);
    }
  }

  /** A certificate of a CERT payload. */
  @FuzzTest
  void certificate(byte[] data) {
    try {
      Certificates.requireStrong(Certificates.parse(data));
    } catch (CryptoException e) {
      told(e);
    }
  }

  private static void told(CryptoException e) {
    assertThat(e.getMessage()).isNotEmpty().hasSizeLessThan(1000);
  }
}
