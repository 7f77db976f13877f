package io.gkm.ike.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SignatureAlgorithmTest {
  private static final byte[] DATA = "what is signed".getBytes(StandardCharsets.US_ASCII);
  private static final SecureRandom RANDOM = new SecureRandom();

  private static Map<String, KeyPair> keys;

  // AlgorithmIdentifiers of RFC 7427 appendix A, and of RFC 8420.
  private static final String RSA_256 = "300d06092a864886f70d01010b0500";
  private static final String RSA_384 = "300d06092a864886f70d01010c0500";
  private static final String RSA_512 = "300d06092a864886f70d01010d0500";
  private static final String ECDSA_256 = "300a06082a8648ce3d040302";
  private static final String ECDSA_384 = "300a06082a8648ce3d040303";
  private static final String ECDSA_512 = "300a06082a8648ce3d040304";
  private static final String PSS_256 =
      "304606092a864886f70d01010a3039a00f300d06096086480165030402010500a11c301a06092a864886f70d010108"
          + "300d06096086480165030402010500a203020120a303020101";
  private static final String PSS_256_WITHOUT_DEFAULT =
      "304106092a864886f70d01010a3034a00f300d06096086480165030402010500a11c301a06092a864886f70d010108"
          + "300d06096086480165030402010500a203020120";
  private static final String PSS_DEFAULTS_ARE_SHA1 = "300d06092a864886f70d01010a3000";
  private static final String ED25519 = "300506032b6570";
  private static final String ED448 = "300506032b6571";

  @BeforeAll
  static void makeKeys() throws Exception {
    keys =
        Map.of(
            "rsa", rsa(2048),
            "weak", rsa(1024),
            "p256", ec("secp256r1"),
            "p384", ec("secp384r1"),
            "p521", ec("secp521r1"),
            "ed25519", KeyPairGenerator.getInstance("Ed25519").generateKeyPair(),
            "ed448", KeyPairGenerator.getInstance("Ed448").generateKeyPair());
  }

  private static KeyPair rsa(int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  private static KeyPair ec(String curve) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    return generator.generateKeyPair();
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static SignatureAlgorithm parse(String hex) throws CryptoException {
    return SignatureAlgorithm.parse(hex(hex));
  }

  static Stream<Arguments> pairs() {
    return Stream.of(
        Arguments.of(RSA_256, "rsa", "RSA PKCS#1 v1.5 with SHA2-256"),
        Arguments.of(RSA_384, "rsa", "RSA PKCS#1 v1.5 with SHA2-384"),
        Arguments.of(RSA_512, "rsa", "RSA PKCS#1 v1.5 with SHA2-512"),
        Arguments.of(PSS_256, "rsa", "RSASSA-PSS with SHA2-256"),
        Arguments.of(ECDSA_256, "p256", "ECDSA with SHA2-256"),
        Arguments.of(ECDSA_384, "p384", "ECDSA with SHA2-384"),
        Arguments.of(ECDSA_512, "p521", "ECDSA with SHA2-512"),
        Arguments.of(ED25519, "ed25519", "Ed25519"),
        Arguments.of(ED448, "ed448", "Ed448"));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void signsAndVerifies(String identifier, String key, String name) throws Exception {
    SignatureAlgorithm algorithm = parse(identifier);
    byte[] spki = keys.get(key).getPublic().getEncoded();
    byte[] signature = algorithm.sign(keys.get(key).getPrivate(), DATA, RANDOM);

    assertThat(algorithm.toString()).isEqualTo(name);
    assertThat(SignatureAlgorithm.parse(algorithm.encoded())).isEqualTo(algorithm);
    algorithm.verify(spki, DATA, signature);
    byte[] other = DATA.clone();
    other[3] ^= 1;
    assertThatThrownBy(() -> algorithm.verify(spki, other, signature))
        .isInstanceOf(CryptoException.class)
        .hasMessage("signature is wrong");
    for (int i = 0; i < signature.length; i += 7) {
      byte[] bad = signature.clone();
      bad[i] ^= 0x20;
      assertThatThrownBy(() -> algorithm.verify(spki, DATA, bad))
          .isInstanceOf(CryptoException.class);
    }
    assertThatThrownBy(() -> algorithm.verify(spki, DATA, Arrays.copyOf(signature, 5)))
        .isInstanceOf(CryptoException.class);
  }

  @Test
  void theVectorOfRfc8032() throws CryptoException {
    byte[] spki =
        hex(
            "302a300506032b6570032100d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");

    parse(ED25519)
        .verify(
            spki,
            new byte[0],
            hex(
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e"
                    + "39701cf9b46bd25bf5f0595bbe24655141438e7a100b"));
  }

  @Test
  void pssIsTheSameWithItsDefaultWrittenOrNot() throws CryptoException {
    assertThat(parse(PSS_256_WITHOUT_DEFAULT)).isEqualTo(parse(PSS_256));
  }

  @ParameterizedTest
  @CsvSource({
    "300d06092a864886f70d0101050500, sha1WithRSAEncryption",
    "300906072a8648ce3d0401, ecdsa-with-SHA1",
    "300d06092a864886f70d0101040500, md5WithRSAEncryption",
    "300d06092a864886f70d01010e0500, sha224WithRSAEncryption",
    "300a06082a8648ce3d040301, ecdsa-with-SHA224",
    "300906072a8648ce380403, DSA with SHA-1",
    "300706032b65700500, Ed25519 with parameters",
    "300c06082a8648ce3d0403020500, ECDSA with parameters",
    "300d06092a864886f70d01010b0501, not DER",
    "300506032b6570ff, trailing octets",
    "308006032b65700000, indefinite length",
    "30810506032b6570, length in more octets than needed",
    "30, cut off",
    "0500, NULL",
    "3000, empty",
  })
  void refusesWhatIsWeakOrWrong(String identifier, String what) {
    assertThatThrownBy(() -> parse(identifier)).as(what).isInstanceOf(CryptoException.class);
  }

  @Test
  void refusesPssWithSha1() {
    assertThatThrownBy(() -> parse(PSS_DEFAULTS_ARE_SHA1)).isInstanceOf(CryptoException.class);
    assertThatThrownBy(() -> parse(PSS_256.replace("a203020120", "a203020100")))
        .isInstanceOf(CryptoException.class)
        .hasMessageContaining("RSASSA-PSS");
    // The hash's parameters are no NULL; another hash for the mask; other trailer.
    assertThatThrownBy(() -> parse(PSS_256.replace("02010500a1", "02010400a1")))
        .isInstanceOf(CryptoException.class);
    assertThatThrownBy(() -> parse(PSS_256.replace("02010500a2", "02020500a2")))
        .isInstanceOf(CryptoException.class);
    assertThatThrownBy(() -> parse(PSS_256.replace("a303020101", "a303020102")))
        .isInstanceOf(CryptoException.class);
  }

  /** What a verifier that forgets to look at the numbers takes for any message. */
  @Test
  void ecdsaNumbersMustBeInRangeAndInDer() throws Exception {
    byte[] spki = keys.get("p256").getPublic().getEncoded();
    String order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
    for (String bad :
        new String[] {
          "3006020100020100",
          "3006020101020100",
          "3006020100020101",
          "3046022100" + order + "022100" + order,
          "3080020101020101" + "0000",
          "30060201ff0201ff"
        }) {
      assertThatThrownBy(() -> parse(ECDSA_256).verify(spki, DATA, hex(bad)))
          .isInstanceOf(CryptoException.class);
    }
    byte[] right = parse(ECDSA_256).sign(keys.get("p256").getPrivate(), DATA, RANDOM);
    assertThatThrownBy(
            () -> parse(ECDSA_256).verify(spki, DATA, Arrays.copyOf(right, right.length + 1)))
        .isInstanceOf(CryptoException.class);
  }

  /** Curves come by name: parameters of the sender's own choice could be made to measure. */
  @Test
  void refusesCurvesThatAreNotNamedOnes() throws Exception {
    byte[] secp256k1 =
        hex(
            "3056301006072a8648ce3d020106052b8104000a034200"
                + "0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"
                + "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8");

    assertThatThrownBy(() -> parse(ECDSA_256).requireUsable(secp256k1))
        .isInstanceOf(CryptoException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "rsa, 300a06082a8648ce3d040302",
    "p256, 300d06092a864886f70d01010b0500",
    "ed25519, 300506032b6571",
    "ed448, 300506032b6570",
    "weak, 300d06092a864886f70d01010b0500",
    "p256, 300506032b6570",
  })
  void refusesKeysThatDoNotFit(String key, String identifier) throws CryptoException {
    SignatureAlgorithm algorithm = parse(identifier);

    assertThatThrownBy(() -> algorithm.requireUsable(keys.get(key).getPublic().getEncoded()))
        .isInstanceOf(CryptoException.class);
  }

  @Test
  void refusesKeysThatAreNone() throws CryptoException {
    SignatureAlgorithm algorithm = parse(ED25519);
    byte[] good = keys.get("ed25519").getPublic().getEncoded();
    for (byte[] bad :
        new byte[][] {{}, {0x30}, Arrays.copyOf(good, good.length - 1), Arrays.copyOf(good, 60)}) {
      assertThatThrownBy(() -> algorithm.requireUsable(bad)).isInstanceOf(CryptoException.class);
    }
  }

  /** The encodings that lenient readers take: garbage behind a short padding, a missing NULL. */
  @Test
  void pkcs1TakesTheOneRightEncodingOnly() throws Exception {
    KeyPair pair = keys.get("rsa");
    RSAPublicKey key = (RSAPublicKey) pair.getPublic();
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(DATA);
    String withNull = "3031300d060960864801650304020105000420" + HexFormat.of().formatHex(digest);
    String withoutNull =
        "302f300b0609608648016503040201" + "0420" + HexFormat.of().formatHex(digest);
    int octets = 256;

    parse(RSA_256).verify(key.getEncoded(), DATA, raw(pair, padded(withNull, octets, 0)));
    for (byte[] forged :
        new byte[][] {padded(withoutNull, octets, 0), padded(withNull, octets, 100)}) {
      byte[] signature = raw(pair, forged);
      assertThatThrownBy(() -> parse(RSA_256).verify(key.getEncoded(), DATA, signature))
          .isInstanceOf(CryptoException.class)
          .hasMessage("signature is wrong");
    }
  }

  private static byte[] padded(String info, int octets, int garbage) {
    String padding = "ff".repeat(octets - 3 - info.length() / 2 - garbage);
    return hex("0001" + padding + "00" + info + "00".repeat(garbage));
  }

  private static byte[] raw(KeyPair pair, byte[] encoded) {
    RSAPrivateKey key = (RSAPrivateKey) pair.getPrivate();
    byte[] number =
        new BigInteger(1, encoded).modPow(key.getPrivateExponent(), key.getModulus()).toByteArray();
    byte[] signature = new byte[256];
    int length = Math.min(256, number.length);
    System.arraycopy(number, number.length - length, signature, 256 - length, length);
    return signature;
  }

  @Test
  void theJdkReadsTheKeysTheSameWay() throws Exception {
    byte[] spki = keys.get("p384").getPublic().getEncoded();

    assertThat(KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki)))
        .isEqualTo(keys.get("p384").getPublic());
  }
}
