package io.gkm.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CertReqPayloadTest {
  @Test
  void listsTheHashes() throws WireException {
    String body = "04" + "aa".repeat(20) + "bb".repeat(20);
    CertReqPayload request = (CertReqPayload) Wire.decode(PayloadType.CERTREQ, body);
    assertThat(request.hashes())
        .containsExactly(Octets.ofHex("aa".repeat(20)), Octets.ofHex("bb".repeat(20)));
    assertThat(Wire.encode(request)).isEqualTo(body);
  }

  @Test
  void acceptsNoAuthorityAndOtherEncodings() throws WireException {
    assertThat(((CertReqPayload) Wire.decode(PayloadType.CERTREQ, "04")).hashes()).isEmpty();
    assertThat(Wire.decode(PayloadType.CERTREQ, "0faa"))
        .isEqualTo(new CertReqPayload(CertEncoding.RAW_PUBLIC_KEY, Octets.ofHex("aa")));
  }

  @Test
  void refusesPartsOfHashes() {
    Wire.refuses(PayloadType.CERTREQ, "04" + "aa".repeat(21), "Certification Authority", 1);
  }
}
