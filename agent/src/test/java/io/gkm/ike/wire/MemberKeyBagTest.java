package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemberKeyBagTest {
  private static MemberKeyBag decode(String attributes) throws WireException {
    return MemberKeyBag.decodeBody(Wire.reader(attributes));
  }

  @Test
  void decodesAuthKeyAndSenderId() throws WireException {
    MemberKeyBag bag = decode(Vectors.MEMBER_KEY_BAG.substring(8));
    assertThat(bag)
        .isEqualTo(
            MemberKeyBag.of(List.of(), Optional.of(Octets.ofHex(Vectors.SPKI)), List.of(5L)));
    assertThat(encode(bag)).isEqualTo(Vectors.MEMBER_KEY_BAG);
  }

  @Test
  void decodesAKeyPath() throws WireException {
    String keys = "0001000a0000000100000003aaaa" + "0001000a0000000300000000bbbb";
    MemberKeyBag bag = decode(keys);
    assertThat(bag.wrapKeys())
        .containsExactly(
            new WrappedKey(1, 3, Octets.ofHex("aaaa")), new WrappedKey(3, 0, Octets.ofHex("bbbb")));
    assertThat(bag.authKey()).isEmpty();
    assertThat(encode(bag)).isEqualTo("00000020" + keys);
  }

  @Test
  void acceptsSenderIdsOf1To8Octets() throws WireException {
    MemberKeyBag bag = decode("0003000107" + "000300020100" + "000300087fffffffffffffff");
    assertThat(bag.senderIds()).containsExactly(7L, 256L, Long.MAX_VALUE);
    assertThat(encode(bag))
        .isEqualTo(
            "00000020" + "0003000400000007" + "0003000400000100" + "000300087fffffffffffffff");
  }

  @Test
  void refusesOtherSenderIds() {
    Wire.refuses(() -> decode("00030000"), "GM_SENDER_ID", 4);
    Wire.refuses(() -> decode("00030009000000000000000001"), "GM_SENDER_ID", 4);
    Wire.refuses(() -> decode("000300088000000000000000"), "GM_SENDER_ID", 4);
    Wire.refuses(() -> decode("80030005"), "GM_SENDER_ID", 0);
    Wire.refuses(() -> decode("0003000105" + "0003000400000005"), "GM_SENDER_ID", 9);
  }

  @Test
  void refusesOtherWrapKeys() {
    Wire.refuses(() -> decode("000100090000000000000003aa"), "WRAP_KEY Key ID", 4);
    Wire.refuses(() -> decode("000100080000000100000003"), "WRAP_KEY", 4);
  }

  @Test
  void refusesOtherAuthKeys() {
    Wire.refuses(() -> decode("00020000"), "AUTH_KEY", 4);
    Wire.refuses(() -> decode("00020001aa00020001aa"), "AUTH_KEY", 9);
    Wire.refuses(() -> decode("80023000"), "AUTH_KEY", 0);
  }

  @Test
  void keepsUnknownAttributes() throws WireException {
    MemberKeyBag bag = decode("80090102" + "0003000400000005");
    assertThat(bag.unknown()).containsExactly(new KeyBagAttribute(9, true, Octets.ofHex("0102")));
    assertThat(encode(bag)).isEqualTo("00000010" + "0003000400000005" + "80090102");
  }

  private static String encode(KeyBag bag) {
    ByteWriter out = new ByteWriter();
    bag.encode(out);
    return out.toOctets().toHex();
  }
}
