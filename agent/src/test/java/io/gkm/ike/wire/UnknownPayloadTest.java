package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnknownPayloadTest {
  @Test
  void keepsTypeAndBody() throws WireException {
    for (int type : new int[] {1, 32, 55, 128, 255}) {
      Payload unknown = Wire.decode(type, "0102");
      assertThat(unknown).isEqualTo(new UnknownPayload(type, Octets.ofHex("0102")));
      assertThat(Wire.encode(unknown)).isEqualTo("0102");
    }
  }
}
