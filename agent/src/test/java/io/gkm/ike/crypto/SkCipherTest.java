package io.gkm.ike.crypto;

import static io.gkm.ike.crypto.Hex.counting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SkCipherTest {
  private static final int SK = 28;

  /** One way to protect messages. */
  record Way(EncrAlgorithm encr, int keyBits, IntegAlgorithm integ) {
    SkCipher cipher(int key) throws CryptoException {
      return SkCipher.of(encr, integ, e(key), a(key), new Deterministic(key));
    }

    Secret e(int key) {
      return Secret.wrap(counting(key, encr.keyAndSaltOctets(keyBits)));
    }

    Secret a(int key) {
      return Secret.wrap(counting(key + 100, integ.keyOctets()));
    }
  }

  static Stream<Way> ways() {
    return Stream.of(EncrAlgorithm.values())
        .flatMap(
            encr ->
                Stream.of(0, 128, 192, 256)
                    .filter(encr::allowsKeyBits)
                    .flatMap(
                        bits ->
                            Stream.of(IntegAlgorithm.values())
                                .filter(i -> encr.isAead() == (i == IntegAlgorithm.NONE))
                                .map(integ -> new Way(encr, bits, integ))));
  }

  @Test
  void allSuitesAreTested() {
    assertThat(ways()).hasSize(2 * 3 * 3 + 6 * 3 + 1);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void roundTrip(Way way) throws Exception {
    long seed = 7296;
    Random random = new Random(seed);
    SkCipher sender = way.cipher(1);
    SkCipher receiver = way.cipher(1);
    for (int length = 0; length < 300; length++) {
      byte[] inner = octets(random, length);
      int skOffset = SK + 4 * random.nextInt(5); // sometimes payloads in front of SK
      boolean fragment = random.nextBoolean();
      byte[] prefix = octets(random, skOffset + (fragment ? 8 : 4));

      byte[] message = sender.seal(prefix, skOffset, inner);

      assertThat(message).hasSize(sender.sealedLength(prefix.length, length));
      assertThat(ByteBuffer.wrap(message).getInt(24)).isEqualTo(message.length);
      assertThat(ByteBuffer.wrap(message).getShort(skOffset + 2))
          .isEqualTo((short) (message.length - skOffset));
      assertThat(Arrays.copyOf(message, 24)).isEqualTo(Arrays.copyOf(prefix, 24));
      byte[] opened =
          fragment ? receiver.openFragment(message, skOffset) : receiver.open(message, skOffset);
      assertThat(opened).as("seed %d, %d octets", seed, length).isEqualTo(inner);
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void equalMessagesDiffer(Way way) throws Exception {
    SkCipher cipher = way.cipher(1);
    byte[] prefix = new byte[SK + 4];
    assertThat(cipher.seal(prefix, SK, counting(0, 20)))
        .isNotEqualTo(cipher.seal(prefix, SK, counting(0, 20)));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void everyFlippedBitFails(Way way) throws Exception {
    SkCipher cipher = way.cipher(1);
    for (int header : new int[] {4, 8}) {
      byte[] message = cipher.seal(counting(0, SK + header), SK, counting(0, 21));
      for (int bit = 0; bit < message.length * 8; bit++) {
        byte[] damaged = message.clone();
        damaged[bit / 8] ^= (byte) (1 << bit % 8);
        assertThatThrownBy(() -> open(cipher, header, damaged))
            .as("bit %d", bit)
            .isInstanceOf(CryptoException.class);
      }
      assertThat(open(cipher, header, message)).isEqualTo(counting(0, 21));
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void everyTruncationFails(Way way) throws Exception {
    SkCipher cipher = way.cipher(1);
    for (int header : new int[] {4, 8}) {
      byte[] message = cipher.seal(counting(0, SK + header), SK, counting(0, 40));
      for (int length = 0; length < message.length; length++) {
        byte[] cut = Arrays.copyOf(message, length);
        assertThatThrownBy(() -> open(cipher, header, cut)).isInstanceOf(CryptoException.class);
        byte[] consistent = cut.clone();
        setLengths(consistent);
        assertThatThrownBy(() -> open(cipher, header, consistent))
            .as("%d octets", length)
            .isInstanceOf(CryptoException.class);
      }
      byte[] longer = Arrays.copyOf(message, message.length + 1);
      assertThatThrownBy(() -> open(cipher, header, longer)).isInstanceOf(CryptoException.class);
      setLengths(longer);
      assertThatThrownBy(() -> open(cipher, header, longer)).isInstanceOf(CryptoException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void noiseFails(Way way) throws Exception {
    long seed = 4303;
    Random random = new Random(seed);
    SkCipher cipher = way.cipher(1);
    for (int length = 0; length < 200; length++) {
      byte[] noise = octets(random, length);
      setLengths(noise);
      int skOffset = random.nextInt(8) == 0 ? random.nextInt() : SK;
      assertThatThrownBy(() -> cipher.open(noise, skOffset))
          .as("seed %d, %d octets, SK at %d", seed, length, skOffset)
          .isInstanceOf(CryptoException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void otherKeysFail(Way way) throws Exception {
    byte[] message = way.cipher(1).seal(new byte[SK + 4], SK, counting(0, 8));
    assertThatThrownBy(() -> way.cipher(2).open(message, SK)).isInstanceOf(CryptoException.class);
  }

  /**
   * The peer may pad more than we do, up to the pad length octet's 255, but not beyond the data.
   */
  @ParameterizedTest
  @MethodSource("ways")
  void padLength(Way way) throws Exception {
    SkCipher cipher = way.cipher(1);
    byte[] plain = counting(0, 32);
    for (int pad = 0; pad < 256; pad++) {
      plain[31] = (byte) pad;
      byte[] message = sealPlain(cipher, way, plain);
      if (pad <= 31) {
        assertThat(cipher.open(message, SK)).isEqualTo(Arrays.copyOf(plain, 31 - pad));
      } else {
        assertThatThrownBy(() -> cipher.open(message, SK))
            .isInstanceOf(CryptoException.class)
            .hasMessage("pad length " + pad + " exceeds the 32 decrypted octets");
      }
    }
  }

  /** A peer with the right keys whose length fields are wrong. */
  @ParameterizedTest
  @MethodSource("ways")
  void wrongLengthsUnderARightIcv(Way way) throws Exception {
    SkCipher cipher = way.cipher(1);
    byte[] plain = counting(0, 32);
    plain[31] = 0;
    for (int wrong : new int[] {-1, 1}) {
      byte[] ike = sealPlain(cipher, way, plain);
      assertThat(cipher.open(ike, SK)).hasSize(31);
      ike[27] = (byte) (ike[27] + wrong);
      cipher.encrypt(ike, SK + 4, iv(ike, way), plain);
      assertThatThrownBy(() -> cipher.open(ike, SK))
          .isInstanceOf(CryptoException.class)
          .hasMessageContaining("does not end with the message");
      byte[] sk = sealPlain(cipher, way, plain);
      sk[SK + 3] = (byte) (sk[SK + 3] + wrong);
      cipher.encrypt(sk, SK + 4, iv(sk, way), plain);
      assertThatThrownBy(() -> cipher.open(sk, SK))
          .isInstanceOf(CryptoException.class)
          .hasMessageContaining("does not end with the message");
    }
  }

  @Test
  void ciphertextOfPartialBlocksFails() throws Exception {
    Way way = new Way(EncrAlgorithm.AES_CBC, 256, IntegAlgorithm.HMAC_SHA2_512_256);
    for (int ciphertext = 17; ciphertext < 32; ciphertext++) {
      byte[] message = new byte[SK + 4 + 16 + ciphertext + 32];
      setLengths(message);
      byte[] icv = way.integ.icv(way.a(1), message, message.length - 32);
      System.arraycopy(icv, 0, message, message.length - 32, 32);
      assertThatThrownBy(() -> way.cipher(1).open(message, SK))
          .isInstanceOf(CryptoException.class)
          .hasMessageContaining("not in whole blocks");
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void sizeLimit(Way way) throws Exception {
    SkCipher cipher = way.cipher(1);
    int most = 65000;
    while (cipher.sealedLength(SK + 4, most + 1) - SK <= 65535) {
      most++;
    }
    byte[] message = cipher.seal(new byte[SK + 4], SK, new byte[most]);
    assertThat(cipher.open(message, SK)).hasSize(most);
    byte[] tooLong = new byte[most + 1];
    assertThatThrownBy(() -> cipher.seal(new byte[SK + 4], SK, tooLong))
        .isInstanceOf(CryptoException.class)
        .hasMessageStartingWith("SK payload would have");
  }

  @Test
  void sealNeedsAnSkHeader() throws Exception {
    SkCipher cipher = new Way(EncrAlgorithm.AES_GCM_16, 256, IntegAlgorithm.NONE).cipher(1);
    for (int[] bad : new int[][] {{28, 28}, {33, 28}, {40, 28}, {28, 24}, {32, 32}}) {
      assertThatThrownBy(() -> cipher.seal(new byte[bad[0]], bad[1], new byte[0]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void wrongCombinations() {
    Secret none = Secret.wrap(new byte[0]);
    Secret k32 = Secret.wrap(new byte[32]);
    Secret k36 = Secret.wrap(new byte[36]);
    IntegAlgorithm sha256 = IntegAlgorithm.HMAC_SHA2_256_128;
    IntegAlgorithm noInteg = IntegAlgorithm.NONE;
    assertRefused(EncrAlgorithm.AES_GCM_16, sha256, k36, k32);
    assertRefused(EncrAlgorithm.AES_GCM_16, noInteg, k36, k32);
    assertRefused(EncrAlgorithm.AES_GCM_16, noInteg, k32, none);
    assertRefused(EncrAlgorithm.AES_GCM_16, noInteg, none, none);
    assertRefused(EncrAlgorithm.CHACHA20_POLY1305, noInteg, Secret.wrap(new byte[20]), none);
    assertRefused(EncrAlgorithm.AES_CBC, noInteg, k32, none);
    assertRefused(EncrAlgorithm.AES_CBC, sha256, k32, none);
    assertRefused(EncrAlgorithm.AES_CBC, sha256, k36, k32);
    assertRefused(EncrAlgorithm.AES_CBC, sha256, Secret.wrap(new byte[20]), k32);
    assertRefused(EncrAlgorithm.AES_CTR, sha256, k32, k32);
    assertRefused(EncrAlgorithm.AES_CTR, noInteg, k36, none);
    assertRefused(EncrAlgorithm.AES_CCM_16, noInteg, k36, none);
  }

  private static void assertRefused(EncrAlgorithm encr, IntegAlgorithm integ, Secret e, Secret a) {
    assertThatThrownBy(() -> SkCipher.of(encr, integ, e, a, IvSource.counter(0)))
        .isInstanceOf(CryptoException.class)
        .hasMessageContaining("cannot");
  }

  private static byte[] open(SkCipher cipher, int header, byte[] message) throws CryptoException {
    return header == 4 ? cipher.open(message, SK) : cipher.openFragment(message, SK);
  }

  /** A message with exactly this decrypted content, padding and pad length included. */
  private static byte[] sealPlain(SkCipher cipher, Way way, byte[] plain) throws CryptoException {
    int ivOctets = way.encr.ivOctets();
    int icvOctets = way.encr.icvOctets() + way.integ.icvOctets();
    byte[] iv = counting(plain[plain.length - 1], ivOctets);
    byte[] message = new byte[SK + 4 + ivOctets + plain.length + icvOctets];
    System.arraycopy(iv, 0, message, SK + 4, ivOctets);
    setLengths(message);
    cipher.encrypt(message, SK + 4, iv, plain);
    return message;
  }

  private static byte[] iv(byte[] message, Way way) {
    return Arrays.copyOfRange(message, SK + 4, SK + 4 + way.encr.ivOctets());
  }

  private static void setLengths(byte[] message) {
    if (message.length >= SK + 4) {
      ByteBuffer.wrap(message)
          .putInt(24, message.length)
          .putShort(SK + 2, (short) (message.length - SK));
    }
  }

  private static byte[] octets(Random random, int length) {
    byte[] octets = new byte[length];
    random.nextBytes(octets);
    return octets;
  }
}
