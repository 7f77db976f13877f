package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class TransformAttributeTest {
  private static List<TransformAttribute> decode(String hex) throws WireException {
    return TransformAttribute.decodeAll(Wire.reader(hex));
  }

  @Test
  void decodesBothForms() throws WireException {
    assertThat(decode("800e0080 0012000130"))
        .containsExactly(
            TransformAttribute.keyLength(128),
            TransformAttribute.signatureAlgorithm(Octets.ofHex("30")));
  }

  @Test
  void refusesTheOtherForm() {
    Wire.refuses(() -> decode("000e00020080"), "Key Length", 0);
    Wire.refuses(() -> decode("800e0080 80123005"), "Signature Algorithm Identifier", 4);
    Wire.refuses(() -> decode("00120000"), "Signature Algorithm Identifier", 4);
  }

  @Test
  void refusesRepetitionAndTruncation() {
    Wire.refuses(() -> decode("800e0080800e0100"), "transform attribute 14", 8);
    Wire.refuses(() -> decode("0063000501"), "transform attribute 99 value", 4);
    Wire.refuses(() -> decode("006300"), "transform attribute length", 2);
    Wire.refuses(() -> decode("80630001".repeat(17)), "transform attributes", 64);
  }

  @Test
  void refusesToHoldWhatItsFormCannot() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TransformAttribute(0x8000, false, Octets.EMPTY));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TransformAttribute(1, true, Octets.ofHex("010203")));
  }
}
