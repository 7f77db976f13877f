package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GroupWidePolicyTest {
  private static GroupWidePolicy decode(String attributes) throws WireException {
    return GroupWidePolicy.decodeBody(Wire.reader(attributes));
  }

  @Test
  void decodesAllThreeAttributes() throws WireException {
    GroupWidePolicy policy = decode(Vectors.GROUP_WIDE_POLICY.substring(8));
    assertThat(policy)
        .isEqualTo(
            new GroupWidePolicy(
                List.of(
                    GroupWideAttribute.atd(10),
                    GroupWideAttribute.dtd(20),
                    GroupWideAttribute.senderIdBits(8))));
    assertThat(policy.atdSeconds()).hasValue(10);
    assertThat(policy.dtdSeconds()).hasValue(20);
    assertThat(policy.senderIdBits()).hasValue(8);
    ByteWriter out = new ByteWriter();
    policy.encode(out);
    assertThat(out.toOctets().toHex()).isEqualTo(Vectors.GROUP_WIDE_POLICY);
  }

  @Test
  void mayBeEmptyOrHoldUnknownAttributes() throws WireException {
    assertThat(decode("").atdSeconds()).isEmpty();
    assertThat(decode("").dtdSeconds()).isEmpty();
    assertThat(decode("").senderIdBits()).isEmpty();
    assertThat(decode("0063000101 8002ffff").dtdSeconds()).hasValue(65535);
  }

  @Test
  void refusesAnotherFormAndRepetition() {
    Wire.refuses(() -> decode("00010002000a"), "GWP_ATD", 0);
    Wire.refuses(() -> decode("8003000800030000"), "GWP_SENDER_ID_BITS", 4);
    Wire.refuses(() -> decode("8001000a8001000a"), "group-wide policy attribute 1", 8);
    Wire.refuses(() -> decode("8001"), "group-wide policy attribute 1 value", 2);
    Wire.refuses(() -> decode("c0000000".repeat(65)), "group-wide policy attributes", 256);
  }
}
