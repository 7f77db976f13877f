package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GroupKeyBagTest {
  private static final String SPI = "c0ffee01";
  private static final String KEY = "000100090000000000000000aa";
  private static final String REKEY_SPI = "00112233445566778899aabbccddeeff";

  private static GroupKeyBag decode(String attributes) throws WireException {
    return GroupKeyBag.decodeBody(ProtocolId.ESP, 4, Wire.reader(SPI + attributes));
  }

  private static GroupKeyBag decodeRekey(String attributes) throws WireException {
    return GroupKeyBag.decodeBody(ProtocolId.GIKE_UPDATE, 16, Wire.reader(REKEY_SPI + attributes));
  }

  @Test
  void decodesTheKeyOfADataSa() throws WireException {
    GroupKeyBag bag = GroupKeyBag.decodeBody(ProtocolId.ESP, 4, Wire.reader(bodyOfVector()));
    assertThat(bag)
        .isEqualTo(
            GroupKeyBag.of(
                ProtocolId.ESP,
                Octets.ofHex(SPI),
                List.of(new WrappedKey(0, 0, Octets.ofHex(Vectors.WRAPPED_TEK)))));
    assertThat(encode(bag)).isEqualTo(Vectors.KD_BODY);
  }

  private static String bodyOfVector() {
    return Vectors.KD_BODY.substring(8);
  }

  @Test
  void rekeySaMayHaveItsKeyUnderSeveralKeys() throws WireException {
    GroupKeyBag bag = decodeRekey(KEY + "00010009000000000000000fbb");
    assertThat(bag.saKeys())
        .containsExactly(
            new WrappedKey(0, 0, Octets.ofHex("aa")), new WrappedKey(0, 15, Octets.ofHex("bb")));
    assertThat(encode(bag)).isEqualTo("0610002e" + REKEY_SPI + KEY + "00010009000000000000000fbb");
  }

  @Test
  void keepsUnknownAttributes() throws WireException {
    GroupKeyBag bag = decode("c0010002" + KEY + "40020000");
    assertThat(bag.unknown())
        .containsExactly(
            new KeyBagAttribute(0x4001, true, Octets.ofHex("0002")),
            new KeyBagAttribute(0x4002, false, Octets.EMPTY));
    assertThat(encode(bag)).isEqualTo("0304001d" + SPI + KEY + "c001000240020000");
  }

  @Test
  void refusesKeysThatAreNotOfTheSa() {
    Wire.refuses(() -> decode("000100090000000100000000aa"), "SA_KEY Key ID", 8);
    Wire.refuses(() -> decode("000100090000000000000001aa"), "SA_KEY KWK ID", 12);
    Wire.refuses(() -> decodeRekey("000100090000000100000000aa"), "SA_KEY Key ID", 20);
  }

  @Test
  void refusesNoKeyAndTwoKeys() {
    Wire.refuses(() -> decode(""), "SA_KEY", 4);
    Wire.refuses(() -> decode("c0010002"), "SA_KEY", 8);
    Wire.refuses(() -> decode(KEY + KEY), "SA_KEY", 30);
    Wire.refuses(() -> decodeRekey(""), "SA_KEY", 16);
  }

  @Test
  void refusesOtherForms() {
    Wire.refuses(() -> decode("80010000"), "SA_KEY", 4);
    Wire.refuses(() -> decode("000100080000000000000000"), "SA_KEY", 8);
    Wire.refuses(() -> decode("0001ffff0000000000000000"), "group key bag attribute 1 value", 8);
  }

  @Test
  void refusesReservedSpis() {
    Wire.refuses(
        () -> GroupKeyBag.decodeBody(ProtocolId.AH, 4, Wire.reader("000000ff" + KEY)),
        "group key bag SPI",
        0);
  }

  private static String encode(KeyBag bag) {
    ByteWriter out = new ByteWriter();
    bag.encode(out);
    return out.toOctets().toHex();
  }
}
