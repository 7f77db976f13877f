package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class DeletePayloadTest {
  private static DeletePayload decode(String hex) throws WireException {
    return (DeletePayload) Wire.decode(PayloadType.DELETE, hex);
  }

  @Test
  void decodesNamedSas() throws WireException {
    DeletePayload delete = decode(Vectors.DELETE_BODY);
    assertThat(delete)
        .isEqualTo(DeletePayload.groupSas(ProtocolId.ESP, List.of(Octets.ofHex("c0ffee00"))));
    assertThat(delete.isAll()).isFalse();
    assertThat(Wire.encode(delete)).isEqualTo(Vectors.DELETE_BODY);
    assertThat(decode("020400020000010100000102").spis())
        .containsExactly(Octets.ofHex("00000101"), Octets.ofHex("00000102"));
  }

  @Test
  void decodesTheIkeSa() throws WireException {
    assertThat(decode("01000000")).isEqualTo(DeletePayload.ikeSa());
    assertThat(Wire.encode(DeletePayload.ikeSa())).isEqualTo("01000000");
  }

  @Test
  void writesAllAsOneZeroSpi() {
    assertThat(Wire.encode(DeletePayload.all(ProtocolId.ESP))).isEqualTo("0304000100000000");
    assertThat(Wire.encode(DeletePayload.all(ProtocolId.GIKE_UPDATE)))
        .isEqualTo("06100001" + "00".repeat(16));
  }

  @Test
  void understandsEveryFormOfAll() throws WireException {
    for (String hex :
        new String[] {
          "0304000100000000",
          "03000000",
          "02000000",
          "06000000",
          "06100001" + "00".repeat(16),
          "00000000",
          "0004000100000000",
          "03040002c0ffee0000000000"
        }) {
      DeletePayload delete = decode(hex);
      assertThat(delete.isAll()).as(hex).isTrue();
      assertThat(Wire.encode(delete)).isEqualTo(hex);
    }
  }

  @Test
  void refusesCountsAndSizesThatDisagree() {
    Wire.refuses(PayloadType.DELETE, "03040000", "Delete Num of SPIs", 2);
    Wire.refuses(PayloadType.DELETE, "0300ffff", "Delete Num of SPIs", 2);
    Wire.refuses(PayloadType.DELETE, "0108000101020304050607", "Delete SPI Size", 1);
    Wire.refuses(PayloadType.DELETE, "03080001" + "01".repeat(8), "Delete SPI Size", 1);
    Wire.refuses(PayloadType.DELETE, "0604000101020304", "Delete SPI Size", 1);
    Wire.refuses(PayloadType.DELETE, "03040002c0ffee00", "Delete SPIs", 4);
    Wire.refuses(PayloadType.DELETE, "03040001c0ffee0000", "Delete SPIs", 4);
    Wire.refuses(PayloadType.DELETE, "03ffffff", "Delete SPI Size", 1);
    Wire.refuses(PayloadType.DELETE, "0004000100000001", "Delete SPI", 4);
    Wire.refuses(PayloadType.DELETE, "030400", "Delete Num of SPIs", 2);
  }

  @Test
  void holdsSpisOfOneSize() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DeletePayload.groupSas(ProtocolId.ESP, List.of(Octets.ofHex("01"))));
  }
}
