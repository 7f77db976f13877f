package io.gkm.lab.pki;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.agent.pki.CertificateVerifier;
import io.gkm.agent.pki.Revocation;
import io.gkm.agent.pki.TrustSettings;
import io.gkm.ike.CertificateCheck;
import io.gkm.ike.wire.Identification;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates whose revocation an OCSP responder is asked about. */
class OcspTest {
  private final LabCertificate root = CertificateMaker.root("CN=Lab Root");
  private final LabCertificate gcks =
      new CertificateMaker("CN=x", LabKeys.make("p256")).dns("gcks.example").issuedBy(root);

  @TempDir Path folder;

  private Optional<String> check(Revocation revocation, List<Path> crls, URI responder) {
    CertificateVerifier verifier =
        new CertificateVerifier(
            new TrustSettings(
                List.of(root.certificate()), revocation, crls, Optional.of(responder)));
    Identification identity = Identification.parse("fqdn:gcks.example");
    return verifier.refusal(new CertificateCheck(identity, List.of(gcks.der())), Instant.now());
  }

  private Path crl(LabCertificate... revoked) throws IOException {
    Instant now = Instant.now();
    byte[] list =
        CrlMaker.make(root, List.of(revoked), now.minusSeconds(60), now.plus(Duration.ofDays(1)));
    return Files.write(Files.createTempFile(folder, "list", ".crl"), list);
  }

  @Test
  void goodAndRevoked() throws Exception {
    try (LabOcspResponder good = new LabOcspResponder(root, List.of())) {
      assertThat(check(Revocation.OCSP, List.of(), good.uri())).isEmpty();
    }
    try (LabOcspResponder revoked = new LabOcspResponder(root, List.of(gcks))) {
      assertThat(check(Revocation.OCSP, List.of(), revoked.uri()).orElseThrow())
          .startsWith("its certificate is revoked: ");
    }
  }

  @Test
  void answersOfOthersDoNotCount() throws Exception {
    LabCertificate impostor = CertificateMaker.root("CN=Lab Root");
    try (LabOcspResponder responder = new LabOcspResponder(impostor, List.of())) {
      assertThat(check(Revocation.OCSP, List.of(), responder.uri()).orElseThrow())
          .startsWith("it cannot be told whether its certificate is revoked: ");
    }
  }

  @Test
  void crlsStandInForASilentResponder() throws Exception {
    URI nobody;
    try (LabOcspResponder gone = new LabOcspResponder(root, List.of())) {
      nobody = gone.uri();
    }
    assertThat(check(Revocation.ANY, List.of(crl()), nobody)).isEmpty();
    assertThat(check(Revocation.ANY, List.of(crl(gcks)), nobody).orElseThrow())
        .startsWith("its certificate is revoked: ");
    assertThat(check(Revocation.OCSP, List.of(crl()), nobody)).isPresent();
    assertThat(check(Revocation.ANY, List.of(), nobody)).isPresent();
  }

  @Test
  void aResponderThatSaysRevokedOutweighsCrls() throws Exception {
    try (LabOcspResponder revoked = new LabOcspResponder(root, List.of(gcks))) {
      assertThat(check(Revocation.ANY, List.of(crl()), revoked.uri())).isPresent();
    }
  }
}
