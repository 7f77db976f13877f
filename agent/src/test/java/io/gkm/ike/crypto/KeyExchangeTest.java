package io.gkm.ike.crypto;

import static io.gkm.ike.crypto.Hex.counting;
import static io.gkm.ike.crypto.Hex.hex;
import static io.gkm.ike.crypto.Hex.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;
import org.bouncycastle.crypto.agreement.DHStandardGroups;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyExchangeTest {
  private static final BigInteger P = DHStandardGroups.rfc3526_2048.getP();

  /** RFC 7748 section 6.1. */
  @Test
  void x25519() throws Exception {
    KeyExchange alice = x25519("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
    KeyExchange bob = x25519("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
    assertThat(hex(alice.publicValue()))
        .isEqualTo("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
    assertThat(hex(bob.publicValue()))
        .isEqualTo("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
    assertThat(hex(alice.sharedSecret(bob.publicValue())))
        .isEqualTo("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
    assertThat(bob.sharedSecret(alice.publicValue()))
        .isEqualTo(alice.sharedSecret(bob.publicValue()));
  }

  /** Points of small order, for which X25519 gives zero whatever the private value. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
      })
  void x25519SmallOrder(String point) {
    assertInvalid(31, hex(point));
  }

  /** RFC 5903 section 8.1. */
  @Test
  void ecp256() throws Exception {
    ecp(
        19,
        "c88f01f510d9ac3f70a292daa2316de544e9aab8afe84049c62a9c57862d1433",
        "dad0b65394221cf9b051e1feca5787d098dfe637fc90b9ef945d0c3772581180"
            + "5271a0461cdb8252d61f1c456fa3e59ab1f45b33accf5f58389e0577b8990bb3",
        "c6ef9c5d78ae012a011164acb397ce2088685d8f06bf9be0b283ab46476bee53",
        "d12dfb5289c8d4f81208b70270398c342296970a0bccb74c736fc7554494bf63"
            + "56fbf3ca366cc23e8157854c13c58d6aac23f046ada30f8353e74f33039872ab",
        "d6840f6b42f6edafd13116e0e12565202fef8e9ece7dce03812464d04b9442de");
  }

  /** RFC 5903 section 8.2. */
  @Test
  void ecp384() throws Exception {
    ecp(
        20,
        "099f3c7034d4a2c699884d73a375a67f7624ef7c6b3c0f160647b67414dce655"
            + "e35b538041e649ee3faef896783ab194",
        "667842d7d180ac2cde6f74f37551f55755c7645c20ef73e31634fe72b4c55ee6"
            + "de3ac808acb4bdb4c88732aee95f41aa"
            + "9482ed1fc0eeb9cafc4984625ccfc23f65032149e0e144ada024181535a0f38e"
            + "eb9fcff3c2c947dae69b4c634573a81c",
        "41cb0779b4bdb85d47846725fbec3c9430fab46cc8dc5060855cc9bda0aa2942"
            + "e0308312916b8ed2960e4bd55a7448fc",
        "e558dbef53eecde3d3fccfc1aea08a89a987475d12fd950d83cfa41732bc509d"
            + "0d1ac43a0336def96fda41d0774a3571"
            + "dcfbec7aacf3196472169e838430367f66eebe3c6e70c416dd5f0c68759dd1ff"
            + "f83fa40142209dff5eaad96db9e6386c",
        "11187331c279962d93d604243fd592cb9d0a926f422e47187521287e7156c5c4"
            + "d603135569b9e9d09cf5d4a270f59746");
  }

  /** The x coordinate keeps its leading zeros (computed with an independent implementation). */
  @Test
  void ecpLeadingZero() throws Exception {
    KeyExchange ecp256 =
        ecp(19, "c6ef9c5d78ae012a011164acb397ce2088685d8f06bf9be0b283ab46476bee53");
    assertThat(hex(ecp256.sharedSecret(ecp(19, "c4").publicValue())))
        .isEqualTo("0095a7aacad904297245fef3033ecfcdd3b717b1157b433a6a1756a269980e97");
    KeyExchange ecp384 =
        ecp(
            20,
            "41cb0779b4bdb85d47846725fbec3c9430fab46cc8dc5060855cc9bda0aa2942"
                + "e0308312916b8ed2960e4bd55a7448fc");
    assertThat(hex(ecp384.sharedSecret(ecp(20, "e0").publicValue())))
        .isEqualTo(
            "0002499f11ab83b459c6fc83281fbf22068ca05c6876c568b2963617e28e2ff3"
                + "35ed1e5782496a0132b12aa517ee6daa");
  }

  @ParameterizedTest
  @ValueSource(ints = {19, 20, 21, 28, 29, 30})
  void ecpInvalidPoints(int method) throws Exception {
    byte[] point = ecp(method, "07").publicValue();
    int octets = point.length;
    byte[] offCurve = point.clone();
    offCurve[octets - 1] ^= 1;
    byte[] xTooLarge = point.clone();
    Arrays.fill(xTooLarge, 0, octets / 2, (byte) 0xFF);
    assertInvalid(method, offCurve);
    assertInvalid(method, xTooLarge);
    assertInvalid(method, new byte[octets]);
    assertInvalid(method, counting(0, octets));
  }

  /** Leading zeros are kept; SHA-256 of 256-octet values computed with an independent script. */
  @Test
  void modp2048() throws Exception {
    KeyExchange one = new ModpKeyExchange(ModpGroup.MODP_2048, new BigInteger(1, counting(1, 64)));
    KeyExchange two = new ModpKeyExchange(ModpGroup.MODP_2048, BigInteger.valueOf(3875));
    assertThat(sha256(one.publicValue()))
        .isEqualTo("5141ed60d422816c251a9a61f4dc090fc6161ec870357a0af29fb84a0bb34e5e");
    assertThat(sha256(two.publicValue()))
        .isEqualTo("a16a5b52dc187eee4e3d78d268d9303a6ee0bc0262a0be920fc07df9d2d8ce68");
    Secret shared = one.sharedSecret(two.publicValue());
    assertThat(shared.length()).isEqualTo(256);
    assertThat(hex(shared)).startsWith("008eaa6e");
    assertThat(sha256(shared.bytes()))
        .isEqualTo("4ac1c224751b31a16864a18fa92a760078f862f7783c9a9ec28b05721c87209a");
    assertThat(two.sharedSecret(one.publicValue())).isEqualTo(shared);
  }

  @Test
  void modpOutOfRange() throws Exception {
    BigInteger most = BigInteger.ONE.shiftLeft(2048).subtract(BigInteger.ONE);
    for (BigInteger y :
        new BigInteger[] {
          BigInteger.ZERO,
          BigInteger.ONE,
          P.subtract(BigInteger.ONE),
          P,
          P.add(BigInteger.TWO),
          most
        }) {
      assertInvalid(14, BigIntegers.asUnsignedByteArray(256, y));
    }
    byte[] least = BigIntegers.asUnsignedByteArray(256, BigInteger.TWO);
    KeyExchange three = new ModpKeyExchange(ModpGroup.MODP_2048, BigInteger.valueOf(3));
    assertThat(new BigInteger(1, three.sharedSecret(least).bytes())).isEqualTo(8);
    // In range, but not in the subgroup that the generator makes.
    assertInvalid(14, BigIntegers.asUnsignedByteArray(256, P.subtract(BigInteger.TWO)));
  }

  /** RFC 7748 section 6.2. */
  @Test
  void x448() throws Exception {
    KeyExchange alice =
        new MontgomeryKeyExchange(
            MontgomeryCurve.CURVE448,
            secret(
                "9a8f4925d1519f5775cf46b04b5800d4ee9ee8bae8bc5565d498c28d"
                    + "d9c9baf574a9419744897391006382a6f127ab1d9ac2d8c0a598726b"));
    KeyExchange bob =
        new MontgomeryKeyExchange(
            MontgomeryCurve.CURVE448,
            secret(
                "1c306a7ac2a0e2e0990b294470cba339e6453772b075811d8fad0d1d"
                    + "6927c120bb5ee8972b0d3e21374c9c921b09d1b0366f10b65173992d"));
    assertThat(hex(alice.publicValue()))
        .isEqualTo(
            "9b08f7cc31b7e3e67d22d5aea121074a273bd2b83de09c63faa73d2c"
                + "22c5d9bbc836647241d953d40c5b12da88120d53177f80e532c41fa0");
    assertThat(hex(alice.sharedSecret(bob.publicValue())))
        .isEqualTo(
            "07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282b"
                + "b60c0b56fd2464c335543936521c24403085d59a449a5037514a879d");
    assertInvalid(32, new byte[56]);
  }

  /** Against the JDK's own implementation of the curve. */
  @Test
  void ecp521() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp521r1"));
    KeyPair theirs = generator.generateKeyPair();
    ECPublicKey theirPublic = (ECPublicKey) theirs.getPublic();
    byte[] xy = new byte[132];
    byte[] x = BigIntegers.asUnsignedByteArray(66, theirPublic.getW().getAffineX());
    byte[] y = BigIntegers.asUnsignedByteArray(66, theirPublic.getW().getAffineY());
    System.arraycopy(x, 0, xy, 0, 66);
    System.arraycopy(y, 0, xy, 66, 66);
    try (KeyExchange ours = KeyExchange.generate(21, new Deterministic(9))) {
      byte[] value = ours.publicValue();
      ECPoint point =
          new ECPoint(
              new BigInteger(1, Arrays.copyOf(value, 66)),
              new BigInteger(1, Arrays.copyOfRange(value, 66, 132)));
      KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
      agreement.init(theirs.getPrivate());
      agreement.doPhase(
          KeyFactory.getInstance("EC")
              .generatePublic(new ECPublicKeySpec(point, theirPublic.getParams())),
          true);
      assertThat(ours.sharedSecret(xy).bytes()).isEqualTo(agreement.generateSecret());
    }
  }

  /** RFC 3526: 2^n - 2^(n-64) - 1 + 2^64 * something, generator 2. */
  @Test
  void modpGroups() {
    for (ModpGroup group : ModpGroup.values()) {
      BigInteger p = group.parameters().getP();
      assertThat(p.bitLength()).isEqualTo(8 * group.octets());
      BigInteger ones = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
      assertThat(p.shiftRight(p.bitLength() - 64)).isEqualTo(ones);
      assertThat(p.and(ones)).isEqualTo(ones);
      assertThat(group.parameters().getG()).isEqualTo(BigInteger.TWO);
      if (p.bitLength() <= 4096) {
        assertThat(p.isProbablePrime(8)).isTrue();
        assertThat(p.shiftRight(1).isProbablePrime(8)).isTrue();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "31,32", "32,56", "19,64", "20,96", "21,132", "28,64", "29,96", "30,128", "14,256", "15,384",
    "16,512", "17,768", "18,1024"
  })
  void freshKeysAgree(int method, int octets) throws Exception {
    assertThat(KeyExchange.isSupported(method)).isTrue();
    assertThat(KeyExchange.publicLength(method)).isEqualTo(octets);
    try (KeyExchange one = KeyExchange.generate(method, new Deterministic(1));
        KeyExchange two = KeyExchange.generate(method, new Deterministic(2))) {
      assertThat(one.method()).isEqualTo(method);
      assertThat(one.publicValue()).hasSize(octets).isNotEqualTo(two.publicValue());
      assertThat(one.publicValue()).isEqualTo(one.publicValue());
      assertThat(one.sharedSecret(two.publicValue()))
          .isEqualTo(two.sharedSecret(one.publicValue()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 15, 19, 20, 21, 28, 29, 30, 31, 32})
  void wrongLengths(int method) throws Exception {
    try (KeyExchange own = KeyExchange.generate(method, new Deterministic(3))) {
      byte[] right = own.publicValue();
      for (int length : new int[] {0, 1, right.length - 1, right.length + 1, 4 * right.length}) {
        assertThatThrownBy(() -> own.sharedSecret(Arrays.copyOf(right, length)))
            .isInstanceOf(CryptoException.class)
            .hasMessageContaining("not " + length);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 15, 19, 20, 21, 28, 29, 30, 31, 32})
  void closedIsUnusable(int method) throws Exception {
    KeyExchange own = KeyExchange.generate(method, new Deterministic(4));
    byte[] right = own.publicValue();
    own.close();
    assertThatThrownBy(own::publicValue).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> own.sharedSecret(right)).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 2, 5, 22, 23, 24, 25, 26, 27, 33, 36, 65535})
  void unsupported(int method) {
    assertThat(KeyExchange.isSupported(method)).isFalse();
    assertThatThrownBy(() -> KeyExchange.generate(method, new Deterministic(5)))
        .isInstanceOf(CryptoException.class);
    assertThatThrownBy(() -> KeyExchange.publicLength(method)).isInstanceOf(CryptoException.class);
  }

  private static void assertInvalid(int method, byte[] peerPublic) {
    assertThatThrownBy(
            () -> KeyExchange.generate(method, new Deterministic(6)).sharedSecret(peerPublic))
        .isInstanceOf(CryptoException.class)
        .hasMessageContaining("method " + method + " is invalid");
  }

  private static void ecp(
      int method, String i, String publicI, String r, String publicR, String shared)
      throws Exception {
    KeyExchange initiator = ecp(method, i);
    KeyExchange responder = ecp(method, r);
    assertThat(hex(initiator.publicValue())).isEqualTo(publicI);
    assertThat(hex(responder.publicValue())).isEqualTo(publicR);
    assertThat(hex(initiator.sharedSecret(hex(publicR)))).isEqualTo(shared);
    assertThat(hex(responder.sharedSecret(hex(publicI)))).isEqualTo(shared);
  }

  private static KeyExchange ecp(int method, String privateValue) {
    return new EcpKeyExchange(
        EcpGroup.find(method).orElseThrow(), new BigInteger(privateValue, 16));
  }

  private static KeyExchange x25519(String privateValue) {
    return new MontgomeryKeyExchange(MontgomeryCurve.CURVE25519, secret(privateValue));
  }

  private static String sha256(byte[] octets) throws Exception {
    return hex(MessageDigest.getInstance("SHA-256").digest(octets));
  }
}
