package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class IdPayloadTest {
  @Test
  void roundTripsAllThreeTypes() throws WireException {
    for (int type : new int[] {PayloadType.IDI, PayloadType.IDR, PayloadType.IDG}) {
      Payload id = Wire.decode(type, "0b00000067726f7570");
      assertThat(id).isEqualTo(new IdPayload(type, Identification.parse("key-id:group")));
      assertThat(id.type()).isEqualTo(type);
      assertThat(Wire.encode(id)).isEqualTo("0b00000067726f7570");
    }
  }

  @Test
  void ignoresReservedOctetsAndWritesZeros() throws WireException {
    IdPayload id = (IdPayload) Wire.decode(PayloadType.IDG, "0bffffff61");
    assertThat(id.body()).isEqualTo(Octets.ofHex("0b00000061"));
  }

  @Test
  void refusesMissingParts() {
    Wire.refuses(PayloadType.IDG, "", "ID Type", 0);
    Wire.refuses(PayloadType.IDG, "0b0000", "ID RESERVED", 1);
    Wire.refuses(PayloadType.IDG, "0b000000", "Identification Data", 4);
  }

  @Test
  void isOneOfThreeTypes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IdPayload(PayloadType.KE, Identification.parse("key-id:x")));
  }
}
