package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SaPayloadTest {
  private static final String ONE = "0000001001030001" + "0000000801000014";

  @Test
  void decodesAGroupOffer() throws WireException {
    SaPayload sag = (SaPayload) Wire.decode(PayloadType.SA, Vectors.SAG);
    assertThat(sag.proposals())
        .containsExactly(
            new Proposal(
                1,
                ProtocolId.GIKE_UPDATE,
                Octets.EMPTY,
                List.of(
                    Transform.of(TransformType.ENCR, EncrId.AES_GCM_16, 256),
                    Transform.of(TransformType.KWA, KwaId.KW_5649_256),
                    Transform.of(TransformType.GCAUTH, GcauthId.IMPLICIT),
                    Transform.of(TransformType.GCAUTH, GcauthId.DIGITAL_SIGNATURE))),
            new Proposal(
                1,
                ProtocolId.ESP,
                Octets.EMPTY,
                List.of(
                    Transform.of(TransformType.ENCR, EncrId.AES_GCM_16, 256),
                    Transform.of(TransformType.SN, SnId.SEQUENTIAL_32),
                    Transform.of(TransformType.SN, SnId.UNSPECIFIED_32))));
    assertThat(Wire.encode(sag)).isEqualTo(Vectors.SAG);
  }

  @Test
  void refusesBadFraming() {
    Wire.refuses(PayloadType.SA, "", "Proposal Last Substruc", 0);
    Wire.refuses(PayloadType.SA, "01" + ONE.substring(2), "Proposal Last Substruc", 0);
    Wire.refuses(PayloadType.SA, "02" + ONE.substring(2), "Proposal Last Substruc", 16);
    Wire.refuses(PayloadType.SA, ONE + ONE, "last Proposal", 16);
    Wire.refuses(PayloadType.SA, ONE.replace("000010", "000003"), "Proposal Length", 2);
    Wire.refuses(PayloadType.SA, ONE.replace("000010", "000011"), "Proposal", 4);
  }

  @Test
  void refusesMoreThan64Proposals() throws WireException {
    String more = "02" + ONE.substring(2);
    SaPayload full = (SaPayload) Wire.decode(PayloadType.SA, more.repeat(63) + ONE);
    assertThat(full.proposals()).hasSize(64);
    Wire.refuses(PayloadType.SA, more.repeat(64) + ONE, "Proposal", 1024);
  }
}
