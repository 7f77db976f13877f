package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KdPayloadTest {
  private static KdPayload decode(String hex) throws WireException {
    return (KdPayload) Wire.decode(PayloadType.KD, hex);
  }

  @Test
  void decodesTheKdOfARekey() throws WireException {
    KdPayload kd = decode(Vectors.KD_BODY);
    assertThat(kd.memberKeyBag()).isEmpty();
    GroupKeyBag bag = kd.groupKeyBag(ProtocolId.ESP, Octets.ofHex("c0ffee01")).orElseThrow();
    assertThat(bag.saKeys().get(0).encryptedKey()).isEqualTo(Octets.ofHex(Vectors.WRAPPED_TEK));
    assertThat(kd.groupKeyBag(ProtocolId.AH, Octets.ofHex("c0ffee01"))).isEmpty();
    assertThat(kd.groupKeyBag(ProtocolId.ESP, Octets.ofHex("c0ffee02"))).isEmpty();
    assertThat(Wire.encode(kd)).isEqualTo(Vectors.KD_BODY);
  }

  @Test
  void decodesBothKindsOfBags() throws WireException {
    String body = Vectors.KD_BODY + Vectors.MEMBER_KEY_BAG;
    KdPayload kd = decode(body);
    assertThat(kd.groupKeyBags()).hasSize(1);
    assertThat(kd.memberKeyBag().orElseThrow().senderIds()).containsExactly(5L);
    assertThat(Wire.encode(kd)).isEqualTo(body);
  }

  @Test
  void readsSeveralMemberKeyBagsAsOne() throws WireException {
    String wrapKey = "000000110001" + "00090000000100000000aa";
    String senderId = "0000000c0003000400000006";
    KdPayload kd = decode(wrapKey + Vectors.MEMBER_KEY_BAG + senderId);
    MemberKeyBag all = kd.memberKeyBag().orElseThrow();
    assertThat(all.wrapKeys()).hasSize(1);
    assertThat(all.authKey()).contains(Octets.ofHex(Vectors.SPKI));
    assertThat(all.senderIds()).containsExactly(5L, 6L);
    assertThat(Wire.encode(kd)).isEqualTo(wrapKey + Vectors.MEMBER_KEY_BAG + senderId);
  }

  @Test
  void refusesWrongNumbersOfBags() {
    Wire.refuses(PayloadType.KD, "", "KD key bags", 0);
    Wire.refuses(PayloadType.KD, Vectors.KD_BODY.repeat(2), "group key bag SPI", 0);
    Wire.refuses(PayloadType.KD, Vectors.MEMBER_KEY_BAG.repeat(2), "AUTH_KEY", 0);
    String senderId = "0000000c0003000400000006";
    Wire.refuses(PayloadType.KD, senderId.repeat(2), "GM_SENDER_ID", 0);
    Wire.refuses(PayloadType.KD, "00000004".repeat(514), "KD key bags", 513 * 4);
  }

  @Test
  void refusesOtherProtocolsAndLengths() {
    Wire.refuses(PayloadType.KD, "01040008c0ffee01", "key bag Protocol", 0);
    Wire.refuses(PayloadType.KD, "00000003", "key bag Length", 2);
    Wire.refuses(PayloadType.KD, "00000000", "key bag Length", 2);
    Wire.refuses(PayloadType.KD, "0000ffff", "key bag", 4);
    Wire.refuses(PayloadType.KD, "03080008c0ffee01", "group key bag SPI Size", 1);
  }
}
