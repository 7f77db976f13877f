package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawPayloadTest {
  @ParameterizedTest
  @ValueSource(
      ints = {
        PayloadType.TSI,
        PayloadType.TSR,
        PayloadType.CP,
        PayloadType.EAP,
        PayloadType.GSPM,
        PayloadType.PS
      })
  void keepsTheBodyOfKnownTypes(int type) throws WireException {
    Payload raw = Wire.decode(type, "0102");
    assertThat(raw).isEqualTo(new RawPayload(type, false, Octets.ofHex("0102")));
    assertThat(Wire.encode(raw)).isEqualTo("0102");
  }

  @Test
  void keepsTheCriticalBit() throws WireException {
    PayloadChain chain = PayloadChain.decode(PayloadType.EAP, Wire.bytes("0080000501"), 0);
    assertThat(chain.payloads())
        .containsExactly(new RawPayload(PayloadType.EAP, true, Octets.ofHex("01")));
    assertThat(HexFormat.of().formatHex(chain.encode())).isEqualTo("0080000501");
  }
}
