package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SignatureAuthDataTest {
  @Test
  void takesApartAndPutsTogether() throws WireException {
    Octets data = Octets.ofHex("07300506032b6570aabb");
    SignatureAuthData auth = SignatureAuthData.decode(data);
    assertThat(auth.algorithmIdentifier()).isEqualTo(Octets.ofHex("300506032b6570"));
    assertThat(auth.signature()).isEqualTo(Octets.ofHex("aabb"));
    assertThat(auth.encode()).isEqualTo(data);
  }

  @Test
  void refusesMissingParts() {
    Wire.refuses(() -> SignatureAuthData.decode(Octets.EMPTY), "ASN.1 Length", 0);
    Wire.refuses(() -> SignatureAuthData.decode(Octets.ofHex("00aa")), "ASN.1 Length", 0);
    Wire.refuses(() -> SignatureAuthData.decode(Octets.ofHex("0230")), "AlgorithmIdentifier", 1);
    Wire.refuses(() -> SignatureAuthData.decode(Octets.ofHex("023000")), "Signature Value", 3);
  }

  @Test
  void refusesToEncodeAnIdentifierTooLong() {
    SignatureAuthData auth = new SignatureAuthData(Octets.of(new byte[256]), Octets.ofHex("aa"));
    assertThatIllegalArgumentException().isThrownBy(auth::encode);
  }
}
