package io.gkm.ike.crypto;

import static io.gkm.ike.crypto.Hex.counting;
import static io.gkm.ike.crypto.Hex.hex;
import static io.gkm.ike.crypto.Hex.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyWrapTest {
  /** KEK 00 01 02.., plaintext 80 81 82.. */
  private record Vector(int kwaId, int plaintext, String wrapped) {}

  private static final List<Vector> VECTORS =
      List.of(
          new Vector(1, 16, "cb68ea5f27ea6b3b52400ee538f6bc8fa24e0c797b13b4fd"),
          new Vector(1, 20, "8d570e6e3ba64e96f3d6af0c060b1910cabe06cfd581b453a071dc45b56861ba"),
          new Vector(
              1,
              36,
              "7caf1d57f40f377839933edd19bc3207e392b7880ec2e84d3007297fe25fcee79e5ce986a3dd"
                  + "ba50dcdc62168384da95"),
          new Vector(
              1,
              68,
              "939645ff765d928651404aa2bcff35417235f905629cd777fbf60f98fa92b06791f71b141a1e"
                  + "295237ed56314519827604ce414e7fe107c0ea802097c87c19c7ce0be94ef4975650a06fb82f"
                  + "e761b666"),
          new Vector(
              1,
              100,
              "dfc41ea1d357a06b62ded264ef59ee9905c2b07fe5dfd3cd28e15d256a7073b83b767ec01c7d"
                  + "f8c1df8656d381b542ff548c6001bdef7320480a4cf88b7a5d440f7ffb84f66d6664291d0b16"
                  + "52e4b1c5c6274fc8503c615d1a16c003c9a43b21543b4b0e1e12db639d4be59308419508"),
          new Vector(3, 16, "1ee4f55c5c7d3fb0a00f9a6f6cb44ac4aa56f26208ae32f1"),
          new Vector(3, 20, "20966d139876afd74f1ddc9d3bda9a62fbea1781d7555f278c3342198d658f8d"),
          new Vector(
              3,
              36,
              "3ef472e56e8f76f1aac0002489871534d2f525a7c1ef7013e4b9ffa8cb2fb8035d6f963a5351"
                  + "e3843b1f22798f60ed58"),
          new Vector(
              3,
              68,
              "12e8ea46503a0248517a34aa6ef5b0bdcd1db8d60f1b439c8385c61aa8612e4afdb50e2409ca"
                  + "3cb76fa5ec24e6470f8ebb750781efef31330ffad4feb70a563680e1afb94fffeccebaa65672"
                  + "dfd312bd"),
          new Vector(
              3,
              100,
              "ea0b64928a8021dd9a5ee7b851091b920f433d8bab242cb18e1a61c44929b05a892cab214c70"
                  + "2311a2c59e9a3e3c1ec33e6d2c0d5a9e6d070d8bae2468399fde193d332328b57891981cfa55"
                  + "93d9db4c538c6121ff1c688ea35a6a08aae40e272d826597d5dfd4db887dc07a07cb6e29"));

  @Test
  void groupKeySizes() throws Exception {
    for (Vector v : VECTORS) {
      try (KeyWrap wrap = wrap(v.kwaId);
          Secret key = Secret.wrap(counting(0x80, v.plaintext))) {
        assertThat(hex(wrap.wrap(key))).isEqualTo(v.wrapped);
        assertThat(wrap.unwrap(hex(v.wrapped))).isEqualTo(key);
      }
    }
  }

  /** RFC 5649 section 6. */
  @ParameterizedTest
  @CsvSource({
    "c37b7e6492584340bed12207808941155068f738,"
        + "138bdeaa9b8fa7fc61f97742e72248ee5ae6ae5360d1ae6a5f54f373fa543b6a",
    "466f7250617369,afbeb0f07dfbf5419200f2ccb50bb24f"
  })
  void rfc5649(String plaintext, String wrapped) throws Exception {
    try (KeyWrap wrap = KeyWrap.of(2, secret("5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8"))) {
      assertThat(hex(wrap.wrap(secret(plaintext)))).isEqualTo(wrapped);
      assertThat(hex(wrap.unwrap(hex(wrapped)))).isEqualTo(plaintext);
    }
  }

  @Test
  void everyPlaintextLength() throws Exception {
    for (int kwaId = 1; kwaId <= 3; kwaId++) {
      KeyWrap wrap = wrap(kwaId);
      for (int length = 1; length <= KeyWrap.MAX_PLAINTEXT; length++) {
        Secret key = Secret.wrap(counting(length, length));
        byte[] wrapped = wrap.wrap(key);
        assertThat(wrapped).hasSize(8 + (length + 7) / 8 * 8);
        assertThat(wrap.unwrap(wrapped)).isEqualTo(key);
      }
      assertThatThrownBy(() -> wrap.wrap(Secret.wrap(new byte[0])))
          .isInstanceOf(CryptoException.class);
      assertThatThrownBy(() -> wrap.wrap(Secret.wrap(new byte[257])))
          .isInstanceOf(CryptoException.class);
    }
  }

  @Test
  void everyDamagedOctetFails() throws Exception {
    KeyWrap wrap = wrap(3);
    for (int length : new int[] {1, 8, 9, 36}) {
      byte[] wrapped = wrap.wrap(Secret.wrap(counting(0, length)));
      for (int bit = 0; bit < wrapped.length * 8; bit++) {
        byte[] damaged = wrapped.clone();
        damaged[bit / 8] ^= (byte) (1 << bit % 8);
        assertThatThrownBy(() -> wrap.unwrap(damaged)).isInstanceOf(CryptoException.class);
      }
      assertThatThrownBy(() -> wrap(1).unwrap(wrapped)).isInstanceOf(CryptoException.class);
    }
  }

  @Test
  void everyLengthOfRandomOctetsFails() throws Exception {
    long seed = 5649;
    Random random = new Random(seed);
    KeyWrap wrap = wrap(2);
    for (int length = 0; length <= 300; length++) {
      byte[] noise = new byte[length];
      random.nextBytes(noise);
      assertThatThrownBy(() -> wrap.unwrap(noise))
          .as("seed %d, %d octets", seed, length)
          .isInstanceOf(CryptoException.class);
    }
  }

  /** Honestly wrapped, but longer than any key of the protocol. */
  @ParameterizedTest
  @ValueSource(ints = {257, 264, 300, 4096})
  void tooLongPlaintext(int octets) throws Exception {
    Cipher kwp = Cipher.getInstance("AES/KWP/NoPadding");
    kwp.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(counting(0, 16), "AES"));
    byte[] wrapped = kwp.doFinal(new byte[octets]);
    KeyWrap wrap = wrap(1);
    assertThatThrownBy(() -> wrap.unwrap(wrapped))
        .isInstanceOf(CryptoException.class)
        .hasMessage("a wrapped key cannot have " + wrapped.length + " octets");
  }

  /** Blobs made with the right key whose inner length indicator or padding is wrong. */
  @ParameterizedTest
  @CsvSource({
    "a65959a600000000, 8", // empty
    "a65959a600000009, 8", // longer than what was wrapped
    "a65959a6ffffffff, 8",
    "a65959a680000000, 8",
    "a65959a600000007, 8", // padding octet not zero
    "b65959a600000008, 8", // wrong magic
    "a65959a600000000, 24",
    "a65959a600000010, 24", // a whole block of padding
    "a65959a600000017, 24", // padding octet not zero
    "a65959a600000019, 24",
    "a65959a6ffffffff, 24",
    "a6a6a6a6a6a6a6a6, 24" // plain RFC 3394
  })
  void forgedInnerHeader(String aiv, int octets) throws Exception {
    byte[] kek = counting(0, 16);
    byte[] plain = counting(1, octets);
    byte[] forged = octets == 8 ? ecb(kek, hex(aiv + hex(plain))) : kw(kek, hex(aiv), plain);
    KeyWrap wrap = wrap(1);
    assertThatThrownBy(() -> wrap.unwrap(forged)).isInstanceOf(CryptoException.class);
    // The forging itself is right: with the true header the same steps give a valid blob.
    byte[] good = hex(String.format("a65959a6%08x", octets));
    byte[] honest = octets == 8 ? ecb(kek, hex(hex(good) + hex(plain))) : kw(kek, good, plain);
    assertThat(wrap.unwrap(honest)).isEqualTo(Secret.wrap(plain));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 5, 1024})
  void unsupported(int kwaId) {
    assertThat(KeyWrap.isSupported(kwaId)).isFalse();
    assertThatThrownBy(() -> KeyWrap.of(kwaId, Secret.wrap(new byte[32])))
        .isInstanceOf(CryptoException.class)
        .hasMessage("key wrap algorithm " + kwaId + " is not supported");
  }

  @ParameterizedTest
  @CsvSource({"1,24", "1,15", "1,0", "2,16", "2,32", "3,16", "3,33"})
  void wrongKekLength(int kwaId, int octets) {
    assertThatThrownBy(() -> KeyWrap.of(kwaId, Secret.wrap(new byte[octets])))
        .isInstanceOf(CryptoException.class)
        .hasMessageContaining("not " + octets);
  }

  @Test
  void closeZeroesTheKek() throws Exception {
    Secret kek = Secret.wrap(counting(0, 16));
    KeyWrap wrap = KeyWrap.of(1, kek);
    wrap.close();
    assertThatThrownBy(kek::bytes).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> wrap.unwrap(new byte[24])).isInstanceOf(IllegalStateException.class);
  }

  private static KeyWrap wrap(int kwaId) throws CryptoException {
    return KeyWrap.of(kwaId, Secret.wrap(counting(0, KeyWrap.keyLength(kwaId))));
  }

  private static byte[] ecb(byte[] kek, byte[] block) throws Exception {
    Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
    aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(kek, "AES"));
    return aes.doFinal(block);
  }

  private static byte[] kw(byte[] kek, byte[] iv, byte[] plain) throws Exception {
    Cipher kw = Cipher.getInstance("AES/KW/NoPadding");
    kw.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(kek, "AES"), new IvParameterSpec(iv));
    return kw.doFinal(plain);
  }
}
