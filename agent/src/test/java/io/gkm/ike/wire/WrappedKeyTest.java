package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WrappedKeyTest {
  private static WrappedKey decode(String hex) throws WireException {
    ByteReader after = Wire.reader(hex);
    after.skip(after.remaining(), "value");
    return WrappedKey.decode(KeyBagAttribute.tlv(1, Wire.octets(hex)), "WRAP_KEY", after);
  }

  @Test
  void roundTrips() throws WireException {
    WrappedKey key = decode("fffffffe 00000007 aabb");
    assertThat(key).isEqualTo(new WrappedKey(0xfffffffeL, 7, Octets.ofHex("aabb")));
    assertThat(key.encode()).isEqualTo(Wire.octets("fffffffe 00000007 aabb"));
  }

  @Test
  void refusesMissingKeysAndHugeOnes() throws WireException {
    Wire.refuses(() -> decode("0000000100000007"), "WRAP_KEY", 0);
    assertThat(decode("0000000100000007" + "aa".repeat(1024)).encryptedKey().size())
        .isEqualTo(1024);
    Wire.refuses(() -> decode("0000000100000007" + "aa".repeat(1025)), "WRAP_KEY", 0);
  }
}
