package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProposalTest {
  private static final String ENCR = "0000000801000014";

  private static Proposal decode(String hex) throws WireException {
    return Proposal.decodeBody(Wire.reader(hex));
  }

  @Test
  void decodesAnSpi() throws WireException {
    Proposal proposal = decode("05 01 08 01 0102030405060708" + ENCR);
    assertThat(proposal)
        .isEqualTo(
            new Proposal(
                5,
                ProtocolId.IKE,
                Octets.ofHex("0102030405060708"),
                List.of(Transform.of(TransformType.ENCR, EncrId.AES_GCM_16))));
    ByteWriter out = new ByteWriter();
    proposal.encodeBody(out);
    assertThat(out.toOctets()).isEqualTo(Wire.octets("05 01 08 01 0102030405060708" + ENCR));
  }

  @Test
  void selectsTransformsByType() throws WireException {
    Proposal proposal = decode("01 01 00 03 0300000801000014 0300000802000005 0000000801000013");
    assertThat(proposal.transforms(TransformType.ENCR))
        .containsExactly(
            Transform.of(TransformType.ENCR, EncrId.AES_GCM_16),
            Transform.of(TransformType.ENCR, EncrId.AES_GCM_12));
    assertThat(proposal.transforms(TransformType.KE)).isEmpty();
  }

  @Test
  void refusesSpiSizesOfOtherProtocols() {
    Wire.refuses(() -> decode("01 01 04 01 01020304" + ENCR), "Proposal SPI Size", 2);
    Wire.refuses(() -> decode("01 03 08 01 0102030405060708" + ENCR), "Proposal SPI Size", 2);
    Wire.refuses(() -> decode("01 06 04 01 01020304" + ENCR), "Proposal SPI Size", 2);
  }

  @Test
  void keepsProposalsOfUnknownProtocols() throws WireException {
    assertThat(decode("01 07 03 01 010203" + ENCR).spi()).isEqualTo(Octets.ofHex("010203"));
  }

  @Test
  void refusesAnotherNumberOfTransforms() {
    Wire.refuses(() -> decode("01 01 00 00"), "Num Transforms", 3);
    Wire.refuses(() -> decode("01 01 00 02" + ENCR), "Num Transforms", 12);
    Wire.refuses(() -> decode("01 01 00 01 0300000801000014" + ENCR), "Num Transforms", 20);
    Wire.refuses(() -> decode("01 01 00 01" + ENCR + "00"), "Proposal", 12);
  }
}
