package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CertPayloadTest {
  @Test
  void roundTrips() throws WireException {
    Payload cert = Wire.decode(PayloadType.CERT, "043000");
    assertThat(cert).isEqualTo(new CertPayload(CertEncoding.X509_SIGNATURE, Octets.ofHex("3000")));
    assertThat(Wire.encode(cert)).isEqualTo("043000");
  }

  @Test
  void refusesMissingParts() {
    Wire.refuses(PayloadType.CERT, "", "Cert Encoding", 0);
    Wire.refuses(PayloadType.CERT, "04", "Certificate Data", 1);
  }
}
