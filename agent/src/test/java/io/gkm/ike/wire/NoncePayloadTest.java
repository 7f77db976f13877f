package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NoncePayloadTest {
  @Test
  void hasFrom16To256Octets() throws WireException {
    for (int size : new int[] {16, 256}) {
      Payload nonce = Wire.decode(PayloadType.NONCE, "ab".repeat(size));
      assertThat(nonce).isEqualTo(new NoncePayload(Octets.ofHex("ab".repeat(size))));
      assertThat(Wire.encode(nonce)).isEqualTo("ab".repeat(size));
    }
    Wire.refuses(PayloadType.NONCE, "ab".repeat(15), "Nonce Data", 0);
    Wire.refuses(PayloadType.NONCE, "ab".repeat(257), "Nonce Data", 0);
  }
}
