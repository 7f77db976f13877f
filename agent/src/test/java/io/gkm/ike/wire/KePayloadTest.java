package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KePayloadTest {
  @Test
  void roundTrips() throws WireException {
    Payload ke = Wire.decode(PayloadType.KE, "001f0000aabb");
    assertThat(ke).isEqualTo(new KePayload(KeMethod.CURVE25519, Octets.ofHex("aabb")));
    assertThat(Wire.encode(ke)).isEqualTo("001f0000aabb");
  }

  @Test
  void refusesMissingParts() {
    Wire.refuses(PayloadType.KE, "001f0000", "Key Exchange Data", 4);
    Wire.refuses(PayloadType.KE, "001f00", "KE RESERVED", 2);
    Wire.refuses(PayloadType.KE, "00", "Key Exchange Method", 0);
  }
}
