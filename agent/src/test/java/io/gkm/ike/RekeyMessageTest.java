package io.gkm.ike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.IvSource;
import io.gkm.ike.crypto.RekeyKeys;
import io.gkm.ike.crypto.RekeySuite;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.crypto.SkCipher;
import io.gkm.ike.wire.IkeMessage;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.PayloadChain;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A GSA_REKEY of RFC 9838 with an Ed25519 signature, octet for octet. */
class RekeyMessageTest {
  private static final String SPI = "00112233445566778899aabbccddeeff";
  private static final String SPKI =
      "302a300506032b657003210003a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8";
  private static final String ALGORITHM = "300506032b6570";
  private static final String SIGNATURE =
      "0ce247af2aca35695c15fd41b29029b8febcc7823bcc325d198e6fe4cd43e5f1"
          + "ed316b79b7e212ed224977da5557013231d5aed87cc2a01f980db36d77f6710a";
  private static final String FRONT =
      "00112233445566778899aabbccddeeff2e202908000000010000012033000104";
  private static final String GSA_KD_D_N =
      "3400005403040044c0ffee01070000100000ffff00000000ffffffff"
          + "070000100000ffffef010203ef010203"
          + "0300000c01000014800e01000000000805000002"
          + "0001000400000e10"
          + "0000000c8001000a80020014"
          + "2a00004803040044c0ffee01000100380000000000000000"
          + "6c827a10c3084880ed004e2c36202dd9a90a93dff156f43d9db5848a13af71c5"
          + "663a0c61abbc4c7952e6733f000d7ecb"
          + "2900000c03040001c0ffee00"
          + "2700000800004007";
  private static final String AUTH = "000000500e00000007" + ALGORITHM;
  private static final String MESSAGE =
      "00112233445566778899aabbccddeeff2e20290800000001000001393300011d0000000000000001"
          + "5d8f3be25565059ec634555b563c754e5e7ea82cc47c685aa9d8bfcf4c214d6df035ddf6a9b2f642"
          + "bf5bde2fd49d23f2245ba571e92c432061894e815f93ec17d31b970c0d4b9afba2fee6bb27e69a41"
          + "53eea3a4da9686cd985d260608c7aea7b81aeb6714fef2fb678caa7ef03a5515e0f53351d922358a"
          + "15935d6cbd2e2703fe3934ef94fb66a6280a4856d5aee6cf2e8a2974fa3a79e3bff855977e81d1a7"
          + "4a53c988210e7f0768e6ccd7c4c20b4c3696065e0aafd4b3a59ad6c4a7d729cfb124a5544888580c"
          + "46917334a605bbcf57fee89e3c3c4d0a263795222c7a2733d760cc210f4160b87b94cbafe5db5767"
          + "ddc337c0a13c81b24752d5cc10c93af272a0248977a25cf9e1102e689375933761";

  private static final RekeySuite SUITE = new RekeySuite(20, 256, 0, 3);

  private static RekeyKeys keys() throws CryptoException {
    byte[] material = new byte[68];
    for (int i = 0; i < material.length; i++) {
      material[i] = (byte) i;
    }
    try (Secret secret = Secret.wrap(material)) {
      return RekeyKeys.split(SUITE, secret);
    }
  }

  private static SkCipher cipher() throws CryptoException {
    return keys().cipher(IvSource.counter(1));
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static RekeyMessage open(byte[] octets) throws Exception {
    return RekeyMessage.open(cipher(), IkeMessage.decode(octets), octets);
  }

  private static boolean verifies(RekeyMessage.Signature signature)
      throws GeneralSecurityException {
    var verifier = java.security.Signature.getInstance("Ed25519");
    verifier.initVerify(
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(hex(SPKI))));
    verifier.update(signature.signed().toByteArray());
    return verifier.verify(signature.signature().toByteArray());
  }

  @Test
  @Tag("GM-20")
  void opensAndSeesWhatIsSigned() throws Exception {
    RekeyMessage message = open(hex(MESSAGE));

    assertThat(message.spi()).isEqualTo(Octets.ofHex(SPI));
    assertThat(message.header().messageId()).isEqualTo(1);
    RekeyMessage.Signature signature = message.signature().orElseThrow();
    assertThat(signature.algorithmIdentifier()).isEqualTo(Octets.ofHex(ALGORITHM));
    assertThat(signature.signature()).isEqualTo(Octets.ofHex(SIGNATURE));
    assertThat(signature.signed())
        .isEqualTo(Octets.ofHex(FRONT + GSA_KD_D_N + AUTH + "00".repeat(64)));
    assertThat(verifies(signature)).isTrue();
  }

  @Test
  void sealsTheSameOctets() throws Exception {
    RekeySealer.Signer signer =
        new RekeySealer.Signer() {
          @Override
          public Octets algorithmIdentifier() {
            return Octets.ofHex(ALGORITHM);
          }

          @Override
          public int signatureLength() {
            return 64;
          }

          @Override
          public byte[] sign(byte[] octets) {
            assertThat(octets).isEqualTo(hex(FRONT + GSA_KD_D_N + AUTH + "00".repeat(64)));
            return hex(SIGNATURE);
          }
        };
    PayloadChain payloads =
        PayloadChain.decode(
            51, hex("34" + GSA_KD_D_N.substring(2).replaceFirst("27000008", "00000008")), 0);

    RekeySealer.Plain plain =
        RekeySealer.plain(Octets.ofHex(SPI), 1, payloads.payloads(), Optional.of(signer));

    assertThat(HexFormat.of().formatHex(RekeySealer.seal(cipher(), plain))).isEqualTo(MESSAGE);
  }

  @Test
  void withoutSignatureThereIsNone() throws Exception {
    PayloadChain payloads = PayloadChain.decode(42, hex("0000000c03040001c0ffee00"), 0);
    RekeySealer.Plain plain =
        RekeySealer.plain(Octets.ofHex(SPI), 0, payloads.payloads(), Optional.empty());

    assertThat(open(RekeySealer.seal(cipher(), plain)).signature()).isEmpty();
  }

  @Test
  void everyChangedOctetIsNoticed() throws Exception {
    byte[] good = hex(MESSAGE);
    for (int i = 28; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 0x10;
      assertThatThrownBy(() -> open(bad))
          .as("octet %d", i)
          .isInstanceOfAny(IgnoredMessageException.class, io.gkm.ike.wire.WireException.class);
    }
  }

  @Test
  @Tag("GM-38")
  void anotherMethodThanDigitalSignatureIsRefused() throws Exception {
    PayloadChain payloads = PayloadChain.decode(39, hex("0000000c0200000001020304"), 0);
    byte[] octets =
        RekeySealer.seal(
            cipher(),
            RekeySealer.plain(Octets.ofHex(SPI), 0, payloads.payloads(), Optional.empty()));

    assertThatThrownBy(() -> open(octets).signature())
        .isInstanceOf(IgnoredMessageException.class)
        .hasMessageContaining("not a digital signature but method 2");
  }

  @Test
  void keysAreCutWithTheSaltAndWithoutGskAForAnAead() throws CryptoException {
    try (RekeyKeys keys = keys()) {
      assertThat(keys.gskE().length()).isEqualTo(36);
      assertThat(keys.gskA().length()).isZero();
      assertThat(keys.gskW().bytes()).startsWith(36, 37).endsWith(66, 67).hasSize(32);
    }
    RekeySuite cbc = new RekeySuite(12, 256, 12, 3);
    assertThat(cbc.materialLength()).isEqualTo(96);
    assertThatThrownBy(() -> RekeyKeys.split(cbc, Secret.wrap(new byte[95])))
        .isInstanceOf(CryptoException.class)
        .hasMessage("key material has 95 octets, the Rekey SA needs 96");
  }

  @Test
  void combinationsThatCannotBeAreRefused() {
    assertThat(RekeySuite.problem(20, 256, 12, 3)).contains("INTEG transform 12");
    assertThat(RekeySuite.problem(12, 256, 0, 3)).contains("INTEG transform 0");
    assertThat(RekeySuite.problem(3, 0, 12, 3)).contains("ENCR transform 3");
    assertThat(RekeySuite.problem(20, 256, 0, 9)).contains("key wrap algorithm 9");
  }
}
