package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VendorIdPayloadTest {
  @Test
  void holdsAnyOctets() throws WireException {
    for (String hex : new String[] {"", "00", "afcad71368a1f1c96b8696fc77570100"}) {
      Payload vendor = Wire.decode(PayloadType.VENDOR_ID, hex);
      assertThat(vendor).isEqualTo(new VendorIdPayload(Octets.ofHex(hex)));
      assertThat(Wire.encode(vendor)).isEqualTo(hex);
    }
  }
}
