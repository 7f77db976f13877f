package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TransformTest {
  private static List<Transform> decode(String hex) throws WireException {
    return Transform.decodeList(Wire.reader(hex), 3);
  }

  @Test
  void decodesUpToTheLast() throws WireException {
    ByteReader in = Wire.reader("0300000c01000014800e0100 0000000805000002 ffff");
    List<Transform> transforms = Transform.decodeList(in, 3);
    assertThat(transforms)
        .containsExactly(
            Transform.of(TransformType.ENCR, EncrId.AES_GCM_16, 256),
            Transform.of(TransformType.SN, SnId.UNSPECIFIED_32));
    assertThat(transforms.get(0).keyLength()).hasValue(256);
    assertThat(transforms.get(1).keyLength()).isEmpty();
    assertThat(in.remaining()).isEqualTo(2);
  }

  @Test
  void decodesASignatureAlgorithm() throws WireException {
    Transform gcauth = decode("000000130e00000200120007300506032b6570").get(0);
    assertThat(gcauth.signatureAlgorithm()).contains(Octets.ofHex("300506032b6570"));
    assertThat(gcauth.hasUnknownAttributes()).isFalse();
    assertThat(gcauth)
        .hasToString("GCAUTH DIGITAL_SIGNATURE SIGNATURE_ALGORITHM_IDENTIFIER=300506032b6570");
  }

  @Test
  void keepsUnknownAttributes() throws WireException {
    Transform transform = decode("00000010010000148063000100640000").get(0);
    assertThat(transform.hasUnknownAttributes()).isTrue();
    assertThat(transform.attributes())
        .containsExactly(
            new TransformAttribute(99, true, Octets.ofHex("0001")),
            new TransformAttribute(100, false, Octets.EMPTY));
    ByteWriter out = new ByteWriter();
    Transform.encodeList(List.of(transform), out);
    assertThat(out.toOctets().toHex()).isEqualTo("00000010010000148063000100640000");
  }

  @Test
  void refusesBadFraming() {
    Wire.refuses(() -> decode("0200000801000014"), "Transform Last Substruc", 0);
    Wire.refuses(() -> decode("0300000801000014"), "Transform Last Substruc", 8);
    Wire.refuses(() -> decode("0000000701000014"), "Transform Length", 2);
    Wire.refuses(() -> decode("0000000001000014"), "Transform Length", 2);
    Wire.refuses(() -> decode("0000000901000014"), "Transform", 4);
    Wire.refuses(() -> decode("00000009010000148000"), "transform attribute type", 8);
    Wire.refuses(() -> decode("0300000801000014".repeat(4)), "Transform", 24);
  }

  @Test
  void readsLikeASuite() {
    assertThat(Transform.of(TransformType.ENCR, EncrId.AES_GCM_16, 256))
        .hasToString("ENCR AES_GCM_16-256");
    assertThat(Transform.of(TransformType.KE, 999)).hasToString("KE KE(999)");
  }
}
