package io.gkm.ike.crypto;

import static io.gkm.ike.crypto.Hex.counting;
import static io.gkm.ike.crypto.Hex.hex;
import static io.gkm.ike.crypto.Hex.secret;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Published and independently computed octets. */
class SkCipherVectorTest {
  private static final Secret NO_KEY = Secret.wrap(new byte[0]);

  private record Aead(
      EncrAlgorithm encr, String key, String nonce, String aad, String plain, String sealed) {}

  // AES-GCM: draft-mcgrew-gcm-test-01 (128 with ESN, 256, 192); ChaCha20-Poly1305: RFC 7634 app. A.
  private static final List<Aead> AEAD =
      List.of(
          new Aead(
              EncrAlgorithm.AES_GCM_16,
              "4c80cdefbb5d10da906ac73c3613a634",
              "2e443b684956ed7e3b244cfe",
              "000043218765432100000000",
              "45000048699a000080114db7c0a80102c0a801010a9bf15638d301000001000000000000045f"
                  + "736970045f756470037369700963796265726369747902646b000021000101020201",
              "fecf537e729d5b07dc30df528dd22b768d1b98736696a6fd348509fa13ceac34cfa2436f14a3"
                  + "f3cf65925bf1f4a13c5d15b21e1884f5ff6247aeabb786b93bce61bc17d768fd973245901814"
                  + "8f6cbe722fd04796562dfdb4"),
          new Aead(
              EncrAlgorithm.AES_GCM_16,
              "abbccddef00112233445566778899aababbccddef00112233445566778899aab",
              "112233440102030405060708",
              "4a2cbfe300000002",
              "4500003069a6400080062690c0a801029389155e0a9e008b2dc57ee0000000007002400020bf"
                  + "0000020405b40101040201020201",
              "ff425c9b724599df7a3bcd510194e00d6a78107f1b0b1cbf06efae9d65a5d763748a63798577"
                  + "1d347f0545659f14e99def842d8eb335f4eecfdbf831824b4c4915956c96"),
          new Aead(
              EncrAlgorithm.AES_GCM_16,
              "feffe9928665731c6d6a8f9467308308feffe9928665731c",
              "cafebabefacedbaddecaf888",
              "0000a5f80000000a",
              "45000028a4ad4000400678800a01038f0a010612802306b8cb712602dd6bb03e501016d07568"
                  + "0001",
              "a5b1f8066029aea40e598b8122de02420938b3ab33f828e687b8858b5bfbdbd0315b27452144"
                  + "cc7795457b9652037f5318027b5b4cd7a636"),
          new Aead(
              EncrAlgorithm.CHACHA20_POLY1305,
              "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f",
              "a0a1a2a31011121314151617",
              "0102030400000005",
              "45000054a6f200004001e778c6336405c000020508005b7a3a080000553bec10000736270809"
                  + "0a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f"
                  + "303132333435363701020204",
              "24039428b97f417e3c13753a4f05087b67c352e6a7fab1b982d466ef407ae5c614ee8099d528"
                  + "44eb61aa95dfab4c02f72aa71e7c4c4f64c9befe2facc638e8f3cbec163fac469b502773f6fb"
                  + "94e664da9165b82829f641e076aaa8266b7fb0f7b11b369907e1ad43"));

  @Test
  void aeadPrimitives() throws Exception {
    for (Aead v : AEAD) {
      SkCipher cipher =
          new AeadSkCipher(v.encr, secret(v.key + v.nonce.substring(0, 8)), IvSource.counter(0));
      byte[] iv = hex(v.nonce.substring(8));
      byte[] aadAndIv = hex(v.aad + hex(iv));
      byte[] message = Arrays.copyOf(aadAndIv, aadAndIv.length + v.sealed.length() / 2);
      cipher.encrypt(message, v.aad.length() / 2, iv, hex(v.plain));
      assertThat(hex(message)).isEqualTo(v.aad + hex(iv) + v.sealed);
      assertThat(hex(cipher.decrypt(message, v.aad.length() / 2))).isEqualTo(v.plain);
    }
  }

  /** RFC 3602 section 4, cases 1 and 2; the HMAC that follows is not part of the vector. */
  @Test
  void aesCbc() throws Exception {
    withMac(
        EncrAlgorithm.AES_CBC,
        "06a9214036b8a15b512e03d534120006",
        "3dafba429d9eb430b422da802c9fac41",
        "Single block msg".getBytes(StandardCharsets.US_ASCII),
        "e353779c1079aeb82708942dbe77181a");
    withMac(
        EncrAlgorithm.AES_CBC,
        "c286696d887c9aa0611bbb3e2025a45a",
        "562e17996d093d28ddb3ba695a2e6f58",
        counting(0, 32),
        "d296cd94c2cccf8a3a863028b5e1dc0a7586602d253cfff91b8266bea6d61ab1");
  }

  /** RFC 3686 section 6, test vector 1, and one with a 192-bit key computed independently. */
  @Test
  void aesCtr() throws Exception {
    withMac(
        EncrAlgorithm.AES_CTR,
        "ae6852f8121067cc4bf7a5765577f39e" + "00000030",
        "0000000000000000",
        "Single block msg".getBytes(StandardCharsets.US_ASCII),
        "e4095d4fb7a7b3792d6175a3261311b8");
    withMac(
        EncrAlgorithm.AES_CTR,
        hex(counting(0, 24)) + "b0b1b2b3",
        "1011121314151617",
        counting(50, 41),
        "464346eee637d6320c87cee8962c6f06c311737f" + "fdf032a3b587ee3d98e1f7151b92f074338c8a9bc7");
  }

  /** Encryption alone, without what the ICV is over. */
  private static void withMac(
      EncrAlgorithm encr, String key, String iv, byte[] plain, String ciphertext) throws Exception {
    IntegAlgorithm integ = IntegAlgorithm.HMAC_SHA2_256_128;
    Secret a = Secret.wrap(new byte[32]);
    SkCipher cipher = SkCipher.of(encr, integ, secret(key), a, IvSource.counter(0));
    int length = hex(iv).length + plain.length + 16;
    byte[] message = Arrays.copyOf(hex(iv), length);
    cipher.encrypt(message, 0, hex(iv), plain);
    assertThat(hex(message)).startsWith(iv + ciphertext).hasSize(2 * length);
    assertThat(cipher.decrypt(message, 0)).isEqualTo(plain);
  }

  /** With a 192-bit key, computed independently. */
  @Test
  void aesCcmAndShortGcm() throws Exception {
    ccm(
        EncrAlgorithm.AES_CCM_8,
        "6ad67efb9acdf83e60f5146bc5baf82739fdd01524bd64111"
            + "38acf6a328530e863ecb679e3eacbd1f1c35dc65bcdd1494f");
    ccm(
        EncrAlgorithm.AES_CCM_12,
        "6ad67efb9acdf83e60f5146bc5baf82739fdd01524bd6411138ac"
            + "f6a328530e863ecb679e3eacbd1f13a19a7e73223b646d09ad7db");
    ccm(
        EncrAlgorithm.AES_CCM_16,
        "6ad67efb9acdf83e60f5146bc5baf82739fdd01524bd6411138acf6a3"
            + "28530e863ecb679e3eacbd1f194c82248359dcb7cf3ae337abf69885d");
    ccm(
        EncrAlgorithm.AES_GCM_8,
        "e85e3017abebfe27eebb4fa659c4dde6e2f519cff7e1e46b"
            + "69e44d06fbb5f42faeb2bea1dae18680bae2df9b0ad4e2a5e8");
    ccm(
        EncrAlgorithm.AES_GCM_12,
        "e85e3017abebfe27eebb4fa659c4dde6e2f519cff7e1e46b"
            + "69e44d06fbb5f42faeb2bea1dae18680bae2df9b0ad4e2a5e8eec9fc0f");
  }

  private static void ccm(EncrAlgorithm encr, String sealed) throws Exception {
    String salt = "a0a1a2a3".substring(0, 2 * encr.saltOctets());
    SkCipher cipher =
        SkCipher.of(
            encr,
            IntegAlgorithm.NONE,
            secret(hex(counting(0, 24)) + salt),
            NO_KEY,
            IvSource.counter(0));
    byte[] iv = hex("1011121314151617");
    byte[] front = hex(hex(counting(0, 32)) + hex(iv));
    byte[] message = Arrays.copyOf(front, front.length + sealed.length() / 2);
    cipher.encrypt(message, 32, iv, counting(50, 41));
    assertThat(hex(message)).isEqualTo(hex(front) + sealed);
    assertThat(cipher.decrypt(message, 32)).isEqualTo(counting(50, 41));
  }

  /** RFC 7634 appendix B: an INFORMATIONAL response with a notify. */
  @Test
  void chaCha20Poly1305Message() throws Exception {
    Secret key = Secret.wrap(counting(0x80, 36));
    SkCipher cipher =
        SkCipher.of(
            EncrAlgorithm.CHACHA20_POLY1305,
            IntegAlgorithm.NONE,
            key,
            NO_KEY,
            IvSource.counter(0x1011121314151617L));
    byte[] prefix = hex("c0c1c2c3c4c5c6c7d0d1d2d3d4d5d6d72e202500000000090000004529000029");
    byte[] inner = hex("0000000c000040010000000a");
    byte[] message = cipher.seal(prefix, 28, inner);
    assertThat(hex(message))
        .isEqualTo(
            hex(prefix)
                + "1011121314151617"
                + "610394701f8d017f7c129248896b71bfe25236efd7cdc67066906315b2");
    assertThat(cipher.open(message, 28)).isEqualTo(inner);
  }

  /** AES-CBC-128 with HMAC-SHA2-256-128: a Delete of the IKE SA. */
  @Test
  void cbcMessage() throws Exception {
    SkCipher cipher =
        SkCipher.of(
            EncrAlgorithm.AES_CBC,
            IntegAlgorithm.HMAC_SHA2_256_128,
            Secret.wrap(counting(0, 16)),
            Secret.wrap(counting(0x20, 32)),
            () -> counting(0x40, 16));
    byte[] prefix = hex("0102030405060708090a0b0c0d0e0f102e20250800000002000000002a000000");
    byte[] inner = hex("0000000801000000");
    byte[] message = cipher.seal(prefix, 28, inner);
    assertThat(hex(message))
        .isEqualTo(
            "0102030405060708090a0b0c0d0e0f102e20250800000002000000502a000034404142434445"
                + "464748494a4b4c4d4e4fe4227bc7ae5147d6d684aa87aeaec03039cdd51ff16e37f6170690eb"
                + "dee58632");
    assertThat(cipher.open(message, 28)).isEqualTo(inner);
  }

  /** A whole GSA_REKEY under a Rekey SA: AES-GCM-16-256, IV 1. */
  @Test
  void gsaRekey() throws Exception {
    Secret keymat = Secret.wrap(counting(0, 68));
    SkCipher cipher =
        SkCipher.of(
            EncrAlgorithm.AES_GCM_16,
            IntegAlgorithm.NONE,
            keymat.slice(0, 36),
            NO_KEY,
            IvSource.counter(1));
    byte[] prefix = hex("00112233445566778899aabbccddeeff2e202908000000010000012033000104");
    byte[] inner =
        hex(
            "3400005403040044c0ffee01070000100000ffff00000000ffffffff070000100000ffffef01"
                + "0203ef0102030300000c01000014800e010000000008050000020001000400000e100000000c"
                + "8001000a800200142a00004803040044c0ffee010001003800000000000000006c827a10c308"
                + "4880ed004e2c36202dd9a90a93dff156f43d9db5848a13af71c5663a0c61abbc4c7952e6733f"
                + "000d7ecb2900000c03040001c0ffee002700000800004007000000500e00000007300506032b"
                + "65700ce247af2aca35695c15fd41b29029b8febcc7823bcc325d198e6fe4cd43e5f1ed316b79"
                + "b7e212ed224977da5557013231d5aed87cc2a01f980db36d77f6710a");
    byte[] message = cipher.seal(prefix, 28, inner);
    assertThat(hex(message))
        .isEqualTo(
            "00112233445566778899aabbccddeeff2e20290800000001000001393300011d000000000000"
                + "00015d8f3be25565059ec634555b563c754e5e7ea82cc47c685aa9d8bfcf4c214d6df035ddf6"
                + "a9b2f642bf5bde2fd49d23f2245ba571e92c432061894e815f93ec17d31b970c0d4b9afba2fe"
                + "e6bb27e69a4153eea3a4da9686cd985d260608c7aea7b81aeb6714fef2fb678caa7ef03a5515"
                + "e0f53351d922358a15935d6cbd2e2703fe3934ef94fb66a6280a4856d5aee6cf2e8a2974fa3a"
                + "79e3bff855977e81d1a74a53c988210e7f0768e6ccd7c4c20b4c3696065e0aafd4b3a59ad6c4"
                + "a7d729cfb124a5544888580c46917334a605bbcf57fee89e3c3c4d0a263795222c7a2733d760"
                + "cc210f4160b87b94cbafe5db5767ddc337c0a13c81b24752d5cc10c93af272a0248977a25cf9"
                + "e1102e689375933761");
    assertThat(cipher.open(message, 28)).isEqualTo(inner);
  }
}
