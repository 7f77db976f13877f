package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class IkeMessageTest {
  @Test
  void decodesAPublishedProtectedMessage() throws WireException {
    IkeMessage message = IkeMessage.decode(Wire.bytes(Vectors.CHACHA_MESSAGE));
    assertThat(message.header().messageId()).isEqualTo(9);
    EncryptedPayload sk = message.chain().required(EncryptedPayload.class);
    assertThat(sk.firstInnerType()).isEqualTo(PayloadType.NOTIFY);
    assertThat(sk.headerFlags()).isZero();
    assertThat(sk.body().toHex()).isEqualTo(Vectors.CHACHA_MESSAGE.substring(64));
    assertThat(hex(message.encode())).isEqualTo(Vectors.CHACHA_MESSAGE);
  }

  @Test
  void decodesAnInformationalRequest() throws WireException {
    IkeMessage message = IkeMessage.decode(Wire.bytes(Vectors.CBC_MESSAGE));
    assertThat(message.header().spiI()).isEqualTo(0x0102030405060708L);
    assertThat(message.header().initiator()).isTrue();
    assertThat(message.header().messageId()).isEqualTo(2);
    EncryptedPayload sk = message.chain().required(EncryptedPayload.class);
    assertThat(sk.firstInnerType()).isEqualTo(PayloadType.DELETE);
    assertThat(sk.body().size()).isEqualTo(48);
    assertThat(hex(message.encode())).isEqualTo(Vectors.CBC_MESSAGE);
  }

  @Test
  void decodesAGsaRekeyMessage() throws WireException {
    IkeMessage message = IkeMessage.decode(Wire.bytes(Vectors.REKEY_MESSAGE));
    assertThat(message.header().exchangeType()).isEqualTo(ExchangeType.GSA_REKEY);
    assertThat(message.header().messageId()).isEqualTo(1);
    EncryptedPayload sk = message.chain().required(EncryptedPayload.class);
    assertThat(sk.firstInnerType()).isEqualTo(PayloadType.GSA);
    assertThat(sk.body().slice(0, 8)).isEqualTo(Octets.ofHex("0000000000000001"));
    assertThat(hex(message.encode())).isEqualTo(Vectors.REKEY_MESSAGE);
  }

  @Test
  void computesNextPayloadsAndLengths() throws WireException {
    IkeMessage message =
        new IkeMessage(
            IkeHeader.of(1, 0, ExchangeType.IKE_SA_INIT, true, false, 0),
            List.of(
                new KePayload(KeMethod.CURVE25519, Octets.ofHex("aa")),
                NotifyPayload.of(NotifyType.IKEV2_FRAGMENTATION_SUPPORTED)));
    assertThat(hex(message.encode()))
        .isEqualTo(
            "0000000000000001"
                + "0000000000000000"
                + "22202208"
                + "00000000"
                + "0000002d"
                + "29000009001f0000aa"
                + "000000080000402e");
    assertThat(IkeMessage.decode(message.encode()).payloads()).isEqualTo(message.payloads());
  }

  @Test
  void acceptsAMessageWithoutPayloads() throws WireException {
    IkeMessage empty =
        new IkeMessage(IkeHeader.of(1, 2, ExchangeType.INFORMATIONAL, true, true, 7), List.of());
    assertThat(IkeMessage.decode(empty.encode()))
        .isEqualTo(new IkeMessage(empty.header().with(0, 28), List.of()));
  }

  @Test
  void refusesAnythingBehindAnEncryptedPayload() {
    String message = Vectors.CBC_MESSAGE.replace("00000050", "00000058") + "0000000800004007";
    Wire.refuses(() -> IkeMessage.decode(Wire.bytes(message)), "last payload", 80);
  }

  @Test
  void refusesToBuildAMessageTooLong() {
    Payload large = new VendorIdPayload(Octets.of(new byte[65531 - 20]));
    IkeHeader header = IkeHeader.of(1, 2, ExchangeType.INFORMATIONAL, true, true, 7);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IkeMessage(header, List.of(large)).encode());
  }

  private static String hex(byte[] octets) {
    return HexFormat.of().formatHex(octets);
  }
}
