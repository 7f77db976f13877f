package io.gkm.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.gkm.ike.crypto.DataTransforms;
import io.gkm.ike.crypto.EncrAlgorithm;
import io.gkm.ike.crypto.IntegAlgorithm;
import io.gkm.ike.crypto.KeyWrap;
import io.gkm.ike.wire.IntegId;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.PayloadType;
import io.gkm.ike.wire.Proposal;
import io.gkm.ike.wire.ProtocolId;
import io.gkm.ike.wire.SaPayload;
import io.gkm.ike.wire.Transform;
import io.gkm.ike.wire.TransformType;
import io.gkm.ike.wire.WireException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SupportedPolicyTest {
  private final Proposal rekey =
      SupportedPolicy.sag(Confidentiality.REQUIRED, false).proposals().get(0);
  private final Proposal esp =
      SupportedPolicy.sag(Confidentiality.REQUIRED, false).proposals().get(1);

  @Test
  @Tag("GM-4")
  void namesBothProtocolsWithOneNumberAndNoSpi() {
    assertThat(SupportedPolicy.sag(Confidentiality.REQUIRED, false).proposals())
        .extracting(Proposal::protocolId)
        .containsExactly(ProtocolId.GIKE_UPDATE, ProtocolId.ESP);
    assertThat(SupportedPolicy.sag(Confidentiality.REQUIRED, false).proposals())
        .extracting(Proposal::number)
        .containsOnly(1);
    assertThat(SupportedPolicy.sag(Confidentiality.REQUIRED, false).proposals())
        .allMatch(proposal -> proposal.spi().isEmpty());
  }

  @Test
  void survivesTheWire() throws WireException {
    byte[] octets =
        PayloadChain.encode(List.of(SupportedPolicy.sag(Confidentiality.REQUIRED, false)));

    assertThat(PayloadChain.decode(PayloadType.SA, octets, 0).required(SaPayload.class))
        .isEqualTo(SupportedPolicy.sag(Confidentiality.REQUIRED, false));
  }

  @Test
  void offersForDataOnlyWhatCanBeUsed() {
    for (Transform encr : esp.transforms(TransformType.ENCR)) {
      assertThatCode(() -> DataTransforms.encryption(encr.id(), encr.keyLength().orElse(0)))
          .doesNotThrowAnyException();
    }
    for (Transform integ : esp.transforms(TransformType.INTEG)) {
      if (integ.id() != IntegId.NONE) {
        assertThatCode(() -> DataTransforms.integrity(integ.id())).doesNotThrowAnyException();
      }
    }
    assertThat(esp.transforms(TransformType.SN)).extracting(Transform::id).containsExactly(0, 2);
  }

  @Test
  @Tag("GM-5")
  void offersForTheRekeySaOnlyWhatCanBeChecked() {
    for (Transform encr : rekey.transforms(TransformType.ENCR)) {
      assertThat(EncrAlgorithm.find(encr.id()))
          .hasValueSatisfying(
              a -> assertThat(a.allowsKeyBits(encr.keyLength().orElse(0))).isTrue());
    }
    assertThat(rekey.transforms(TransformType.INTEG))
        .allMatch(integ -> IntegAlgorithm.find(integ.id()).isPresent());
    assertThat(rekey.transforms(TransformType.KWA))
        .isNotEmpty()
        .allMatch(kwa -> KeyWrap.isSupported(kwa.id()));
    assertThat(rekey.transforms(TransformType.GCAUTH))
        .extracting(Transform::id)
        .containsExactly(2, 1);
  }
}
