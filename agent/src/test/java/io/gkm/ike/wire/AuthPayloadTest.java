package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AuthPayloadTest {
  @Test
  void roundTrips() throws WireException {
    Payload auth = Wire.decode(PayloadType.AUTH, "02000000aabb");
    assertThat(auth).isEqualTo(new AuthPayload(AuthMethod.SHARED_KEY_MIC, Octets.ofHex("aabb")));
    assertThat(Wire.encode(auth)).isEqualTo("02000000aabb");
  }

  @Test
  void refusesMissingParts() {
    Wire.refuses(PayloadType.AUTH, "020000", "AUTH RESERVED", 1);
    Wire.refuses(PayloadType.AUTH, "02000000", "Authentication Data", 4);
  }
}
