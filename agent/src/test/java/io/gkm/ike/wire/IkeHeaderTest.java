package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class IkeHeaderTest {
  private static final String HEADER =
      "c0c1c2c3c4c5c6c7 d0d1d2d3d4d5d6d7 2e 20 25 00 00000009 0000001c";

  @Test
  void decodesTheFieldsOfAPublishedMessage() throws WireException {
    IkeHeader header = IkeHeader.decode(Wire.bytes(Vectors.CHACHA_MESSAGE));
    assertThat(header)
        .isEqualTo(
            new IkeHeader(
                0xc0c1c2c3c4c5c6c7L,
                0xd0d1d2d3d4d5d6d7L,
                PayloadType.SK,
                0x20,
                ExchangeType.INFORMATIONAL,
                false,
                false,
                9,
                69));
    assertThat(encode(header)).isEqualTo(Vectors.CHACHA_MESSAGE.substring(0, 56));
  }

  @Test
  void decodesFlags() throws WireException {
    byte[] message = Wire.bytes(HEADER);
    message[19] = 0x28;
    IkeHeader both = IkeHeader.decode(message);
    assertThat(both.initiator()).isTrue();
    assertThat(both.response()).isTrue();
    message[19] = (byte) 0xd7;
    IkeHeader reserved = IkeHeader.decode(message);
    assertThat(reserved.initiator()).isFalse();
    assertThat(reserved.response()).isFalse();
    message[19] = 0x08;
    assertThat(encode(IkeHeader.decode(message))).contains("2e202508");
  }

  @Test
  void decodesTheLargestMessageId() throws WireException {
    byte[] message = Wire.bytes(HEADER.replace("00000009", "ffffffff"));
    assertThat(IkeHeader.decode(message).messageId()).isEqualTo(0xffffffffL);
  }

  @Test
  void spellsTheSpiOfARekeySa() throws WireException {
    IkeHeader header = IkeHeader.decode(Wire.bytes(Vectors.REKEY_MESSAGE));
    Octets spi = Octets.ofHex("00112233445566778899aabbccddeeff");
    assertThat(header.rekeySpi()).isEqualTo(spi);
    assertThat(header.exchangeType()).isEqualTo(ExchangeType.GSA_REKEY);
    assertThat(IkeHeader.gsaRekey(spi, true, 1).with(PayloadType.SK, 313)).isEqualTo(header);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IkeHeader.gsaRekey(Octets.ofHex("0011"), true, 1));
  }

  @Test
  void refusesAnotherMajorVersion() {
    for (String version : new String[] {"10", "30", "00"}) {
      assertThatExceptionOfType(WireException.class)
          .isThrownBy(() -> IkeHeader.decode(Wire.bytes(HEADER.replace("2e 20", "2e " + version))))
          .matches(e -> e.notifyType() == NotifyType.INVALID_MAJOR_VERSION)
          .matches(e -> e.offset() == 17);
    }
  }

  @Test
  void acceptsAnotherMinorVersion() throws WireException {
    IkeHeader header = IkeHeader.decode(Wire.bytes(HEADER.replace("2e 20", "2e 2f")));
    assertThat(header.version()).isEqualTo(0x2f);
  }

  @Test
  void refusesLengthsOtherThanTheDatagrams() {
    byte[] announcesLess = Wire.bytes(HEADER + "00");
    Wire.refuses(() -> IkeHeader.decode(announcesLess), "Length", 24);
    byte[] announcesMore = Wire.bytes(HEADER.replace("0000001c", "0000001d"));
    Wire.refuses(() -> IkeHeader.decode(announcesMore), "Length", 24);
    byte[] negative = Wire.bytes(HEADER.replace("0000001c", "ffffffff"));
    Wire.refuses(() -> IkeHeader.decode(negative), "Length", 24);
  }

  @Test
  void refusesMessagesTooShortOrTooLong() {
    for (int length = 0; length < IkeHeader.LENGTH; length++) {
      byte[] message = new byte[length];
      Wire.refuses(() -> IkeHeader.decode(message), "IKE header", 0);
    }
    Wire.refuses(() -> IkeHeader.decode(new byte[65536]), "IKE message", 0);
  }

  private static String encode(IkeHeader header) {
    ByteWriter out = new ByteWriter();
    header.encode(out);
    return out.toOctets().toHex();
  }
}
