package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncryptedFragmentPayloadTest {
  @Test
  void keepsAllFields() throws WireException {
    EncryptedFragmentPayload skf =
        new EncryptedFragmentPayload(PayloadType.IDI, 0, 1, 0x0203, Octets.ofHex("aabb"));
    byte[] message =
        new IkeMessage(IkeHeader.of(1, 2, ExchangeType.GSA_AUTH, true, false, 1), List.of(skf))
            .encode();
    assertThat(HexFormat.of().formatHex(message)).endsWith("2300000a00010203aabb");
    assertThat(IkeMessage.decode(message).payloads()).containsExactly(skf);
  }

  @Test
  void refusesNumbersOutOfRange() {
    Wire.refuses(PayloadType.SKF, "00000001aa", "Fragment Number", 0);
    Wire.refuses(PayloadType.SKF, "00000000aa", "Fragment Number", 0);
    Wire.refuses(PayloadType.SKF, "00030002aa", "Fragment Number", 0);
    Wire.refuses(PayloadType.SKF, "00010001", "Encrypted Fragment", 4);
    Wire.refuses(PayloadType.SKF, "000100", "Total Fragments", 2);
  }
}
