package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class PayloadChainTest {
  private static PayloadChain decode(int firstType, String hex) throws WireException {
    return PayloadChain.decode(firstType, Wire.bytes(hex), 0);
  }

  @Test
  void decodesThePayloadsOfAGsaRekey() throws WireException {
    PayloadChain chain = decode(PayloadType.GSA, Vectors.REKEY_INNER);
    assertThat(chain.payloads())
        .extracting(Payload::type)
        .containsExactly(
            PayloadType.GSA,
            PayloadType.KD,
            PayloadType.DELETE,
            PayloadType.NOTIFY,
            PayloadType.AUTH);
    assertThat(chain.firstType()).isEqualTo(PayloadType.GSA);
    assertThat(chain.notification(NotifyType.USE_TRANSPORT_MODE)).isPresent();
    AuthPayload auth = chain.required(AuthPayload.class);
    assertThat(auth.method()).isEqualTo(AuthMethod.DIGITAL_SIGNATURE);
    assertThat(SignatureAuthData.decode(auth.data()).algorithmIdentifier())
        .isEqualTo(Octets.ofHex("300506032b6570"));
    assertThat(HexFormat.of().formatHex(chain.encode())).isEqualTo(Vectors.REKEY_INNER);
  }

  @Test
  void decodesThePayloadsOfAPublishedMessage() throws WireException {
    PayloadChain chain = decode(PayloadType.NOTIFY, Vectors.CHACHA_INNER);
    assertThat(chain.payloads())
        .containsExactly(NotifyPayload.of(NotifyType.SET_WINDOW_SIZE, Octets.ofHex("0000000a")));
    assertThat(HexFormat.of().formatHex(PayloadChain.encode(chain.payloads())))
        .isEqualTo(Vectors.CHACHA_INNER);
  }

  @Test
  void emptyChainHasNoOctets() throws WireException {
    assertThat(decode(PayloadType.NONE, "").payloads()).isEmpty();
    assertThat(new PayloadChain(List.of()).firstType()).isZero();
    Wire.refuses(() -> decode(PayloadType.NONE, "00"), "last payload", 0);
    Wire.refuses(() -> decode(PayloadType.NOTIFY, ""), "Next Payload", 0);
  }

  @Test
  void errorsCountFromTheBaseOffset() {
    byte[] data = Wire.bytes("00000003");
    Wire.refuses(() -> PayloadChain.decode(PayloadType.NOTIFY, data, 40), "Payload Length", 42);
  }

  @Test
  void refusesLengthsThatDoNotFit() {
    for (int length = 0; length < 4; length++) {
      String hex = "0000000" + length + "00004007";
      Wire.refuses(() -> decode(PayloadType.NOTIFY, hex), "Payload Length", 2);
    }
    Wire.refuses(() -> decode(PayloadType.NOTIFY, "0000000900004007"), "NOTIFY body", 4);
    Wire.refuses(() -> decode(PayloadType.NOTIFY, "0000ffff00004007"), "NOTIFY body", 4);
    Wire.refuses(() -> decode(PayloadType.NOTIFY, "000000080000400700"), "last payload", 8);
  }

  @Test
  void refusesMoreThan64Payloads() throws WireException {
    String vendor = "2b000004";
    assertThat(decode(PayloadType.VENDOR_ID, vendor.repeat(63) + "00000004").payloads())
        .hasSize(64);
    Wire.refuses(
        () -> decode(PayloadType.VENDOR_ID, vendor.repeat(64) + "00000004"), "VENDOR_ID", 256);
  }

  @Test
  void refusesEncryptedPayloadsInsideOthers() {
    Wire.refuses(() -> decode(PayloadType.SK, "00000005aa"), "SK", 0);
    Wire.refuses(() -> decode(PayloadType.NOTIFY, "350000080000400700000000"), "SKF", 8);
  }

  @Test
  void skipsUnknownPayloadsUnlessCritical() throws WireException {
    PayloadChain chain = decode(200, "29000005aa0000000800004007");
    assertThat(chain.first(UnknownPayload.class))
        .contains(new UnknownPayload(200, Octets.ofHex("aa")));
    assertThat(chain.notifications(NotifyType.USE_TRANSPORT_MODE)).hasSize(1);
    assertThatExceptionOfType(WireException.class)
        .isThrownBy(() -> decode(200, "29800005aa0000000800004007"))
        .matches(e -> e.notifyType() == NotifyType.UNSUPPORTED_CRITICAL_PAYLOAD)
        .matches(e -> e.notifyData().equals(Octets.ofHex("c8")))
        .matches(e -> e.offset() == 0);
  }

  @Test
  void ignoresTheCriticalBitOfKnownPayloads() throws WireException {
    assertThat(decode(PayloadType.NOTIFY, "0080000800004007").payloads())
        .containsExactly(NotifyPayload.of(NotifyType.USE_TRANSPORT_MODE));
  }

  @Test
  void tellsSinglePayloadsFromRepeatedOnes() throws WireException {
    Payload nonce = new NoncePayload(Octets.of(new byte[16]));
    PayloadChain one = new PayloadChain(List.of(nonce));
    PayloadChain two = new PayloadChain(List.of(nonce, nonce));
    assertThat(one.required(NoncePayload.class)).isEqualTo(nonce);
    assertThat(one.single(KePayload.class)).isEmpty();
    assertThat(two.all(NoncePayload.class)).hasSize(2);
    int none = WireException.NO_OFFSET;
    Wire.refuses(() -> two.single(NoncePayload.class), "NoncePayload", none);
    Wire.refuses(() -> two.required(NoncePayload.class), "NoncePayload", none);
    Wire.refuses(() -> one.required(KePayload.class), "KePayload", none);
  }

  @Test
  void findsIdentitiesByPayloadType() throws WireException {
    Identification group = Identification.parse("key-id:group");
    Identification member = Identification.parse("fqdn:gm.example");
    IdPayload idg = new IdPayload(PayloadType.IDG, group);
    IdPayload idi = new IdPayload(PayloadType.IDI, member);
    PayloadChain chain = new PayloadChain(List.of(idi, idg));
    assertThat(chain.identification(PayloadType.IDG)).contains(group);
    assertThat(chain.identification(PayloadType.IDI)).contains(member);
    assertThat(chain.identification(PayloadType.IDR)).isEmpty();
    PayloadChain two = new PayloadChain(List.of(idg, idg));
    Wire.refuses(() -> two.identification(PayloadType.IDG), "IDG", WireException.NO_OFFSET);
  }

  @Test
  void findsTheFirstError() {
    PayloadChain chain =
        new PayloadChain(
            List.of(
                NotifyPayload.of(NotifyType.USE_TRANSPORT_MODE),
                NotifyPayload.of(NotifyType.INVALID_GROUP_ID),
                NotifyPayload.of(NotifyType.AUTHORIZATION_FAILED)));
    assertThat(chain.firstError()).contains(NotifyPayload.of(NotifyType.INVALID_GROUP_ID));
  }

  @Test
  void writesAGenericHeader() {
    ByteWriter out = new ByteWriter();
    PayloadChain.header(out, PayloadType.GSA, 0, 0x119);
    assertThat(out.toOctets().toHex()).isEqualTo("3300011d");
  }
}
