package io.gkm.lab.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gkm.agent.pki.CertificateVerifier;
import io.gkm.agent.pki.Revocation;
import io.gkm.agent.pki.TrustSettings;
import io.gkm.ike.CertificateCheck;
import io.gkm.ike.wire.IdType;
import io.gkm.ike.wire.Identification;
import io.gkm.ike.wire.Octets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateVerifierTest {
  private final Instant now = Instant.now();
  private static final Identification GCKS = Identification.parse("fqdn:gcks.example");

  private final LabCertificate root = CertificateMaker.root("CN=Lab Root,O=gkm");

  @TempDir Path folder;

  private static CertificateMaker gcks() {
    return new CertificateMaker("CN=gcks", LabKeys.make("p256")).dns("gcks.example");
  }

  private Optional<String> check(Identification peer, LabCertificate... chain) {
    return check(Revocation.OFF, List.of(), peer, chain);
  }

  private Optional<String> check(
      Revocation revocation, List<Path> crls, Identification peer, LabCertificate... chain) {
    TrustSettings trust =
        new TrustSettings(List.of(root.certificate()), revocation, crls, Optional.empty());
    List<Octets> der = Stream.of(chain).map(LabCertificate::der).toList();
    return new CertificateVerifier(trust).refusal(new CertificateCheck(peer, der), now);
  }

  private Path crl(LabCertificate issuer, Instant until, LabCertificate... revoked)
      throws IOException {
    byte[] list = CrlMaker.make(issuer, List.of(revoked), now.minus(Duration.ofDays(2)), until);
    Path file = Files.createTempFile(folder, "list", ".crl");
    return Files.write(file, list);
  }

  @Test
  void acceptsTheRightOne() {
    assertThat(check(GCKS, gcks().issuedBy(root))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "fqdn:gcks.example, true",
    "fqdn:GCKS.example, true",
    "email:keys@gcks.example, true",
    "email:keys@GCKS.example, true",
    "email:Keys@gcks.example, false",
    "ipv4:192.0.2.1, true",
    "ipv4:192.0.2.2, false",
    "ipv6:2001:db8::1, true",
    "ipv6:2001:db8::2, false",
    "'dn:CN=gcks,O=gkm', true",
    "'dn:CN=GCKS,O=gkm', true",
    "'dn:O=gkm,CN=gcks', false",
    "fqdn:other.example, false",
    "fqdn:gcks, false",
    "fqdn:host.wild.example, false",
    "key-id:gcks.example, false",
  })
  void theIdentityMustBeInTheCertificate(String identity, boolean right) {
    LabCertificate certificate =
        new CertificateMaker("CN=gcks,O=gkm", LabKeys.make("p256"))
            .dns("gcks.example")
            .dns("*.wild.example")
            .email("keys@gcks.example")
            .address("192.0.2.1")
            .address("2001:db8::1")
            .issuedBy(root);

    Optional<String> refusal = check(Identification.parse(identity), certificate);

    assertThat(refusal.isEmpty()).isEqualTo(right);
    refusal.ifPresent(
        why -> assertThat(why).contains("is not one for " + identity.substring(0, 3)));
  }

  @Test
  void anIdentityThatIsNoNameFitsNothing() {
    Identification broken = new Identification(IdType.DER_ASN1_DN, Octets.ofHex("3003"));

    assertThat(check(broken, gcks().issuedBy(root))).isPresent();
  }

  @Test
  void theSubjectsCommonNameIsNoHostName() {
    LabCertificate certificate =
        new CertificateMaker("CN=gcks.example", LabKeys.make("p256")).issuedBy(root);

    assertThat(check(GCKS, certificate)).isPresent();
  }

  @Test
  void refusesExpiredAndNotYetValid() {
    LabCertificate expired =
        gcks().valid(now.minus(Duration.ofDays(9)), now.minus(Duration.ofDays(1))).issuedBy(root);
    LabCertificate early =
        gcks().valid(now.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(9))).issuedBy(root);

    assertThat(check(GCKS, expired).orElseThrow()).startsWith("its certificate expired at ");
    assertThat(check(GCKS, early).orElseThrow()).contains("is valid from").contains("clock says");
  }

  @Test
  void refusesOtherAuthorities() {
    LabCertificate same = CertificateMaker.root("CN=Lab Root,O=gkm");
    LabCertificate other = CertificateMaker.root("CN=Other Root");

    assertThat(check(GCKS, gcks().issuedBy(other)).orElseThrow())
        .contains("does not lead to a trust anchor");
    assertThat(check(GCKS, gcks().issuedBy(same))).isPresent();
    assertThat(check(GCKS, gcks().selfSigned())).isPresent();
  }

  @Test
  void followsAChainInAnyOrder() {
    LabCertificate one =
        new CertificateMaker("CN=One", LabKeys.make("p384")).authority().issuedBy(root);
    LabCertificate two =
        new CertificateMaker("CN=Two", LabKeys.make("rsa-2048")).authority().issuedBy(one);
    LabCertificate own = gcks().issuedBy(two);

    assertThat(check(GCKS, own, two, one)).isEmpty();
    assertThat(check(GCKS, own, one, two)).isEmpty();
    assertThat(check(GCKS, own, two)).isPresent();
  }

  @Test
  void whoIsNoAuthorityCannotIssue() {
    LabCertificate host = gcks().issuedBy(root);
    LabCertificate forged = gcks().issuedBy(host);

    assertThat(check(GCKS, forged, host)).isPresent();
  }

  @Test
  void theKeyMustBeForSignatures() {
    assertThat(check(GCKS, gcks().keyUsage(KeyUsage.keyAgreement).issuedBy(root)).orElseThrow())
        .contains("not for signatures");
    assertThat(check(GCKS, gcks().keyUsage(KeyUsage.digitalSignature).issuedBy(root))).isEmpty();
    assertThat(check(GCKS, gcks().keyUsage(KeyUsage.nonRepudiation).issuedBy(root))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1.3.6.1.5.5.7.3.17, true",
    "1.3.6.1.5.5.7.3.1, true",
    "2.5.29.37.0, true",
    "1.3.6.1.5.5.7.3.3, false", // code signing
    "1.3.6.1.5.5.7.3.9, false", // OCSP signing
  })
  void theExtendedUseMustFit(String oid, boolean right) {
    assertThat(check(GCKS, gcks().extendedKeyUsage(oid).issuedBy(root)).isEmpty()).isEqualTo(right);
  }

  @Test
  void refusesUnknownCriticalExtensions() {
    assertThat(check(GCKS, gcks().unknownCritical().issuedBy(root))).isPresent();
  }

  @Test
  void refusesWeakSignaturesAndKeys() {
    LabCertificate shortKey =
        new CertificateMaker("CN=gcks", LabKeys.make("rsa-1024"))
            .dns("gcks.example")
            .issuedBy(root);

    assertThat(check(GCKS, gcks().weaklySigned().issuedBy(root)).orElseThrow())
        .contains("not accepted");
    assertThat(check(GCKS, shortKey).orElseThrow()).contains("1024 bits");
  }

  @Test
  void crlsAreLookedAt() throws IOException {
    LabCertificate certificate = gcks().issuedBy(root);
    LabCertificate other = gcks().issuedBy(root);
    Instant fresh = now.plus(Duration.ofDays(1));

    assertThat(check(Revocation.CRL, List.of(crl(root, fresh, other)), GCKS, certificate))
        .isEmpty();
    assertThat(
            check(Revocation.CRL, List.of(crl(root, fresh, certificate)), GCKS, certificate)
                .orElseThrow())
        .startsWith("its certificate is revoked: ");
  }

  /** What cannot be told counts as revoked. */
  @Test
  void withoutAValidCrlNobodyIsTrusted() throws IOException {
    LabCertificate certificate = gcks().issuedBy(root);
    LabCertificate stranger = CertificateMaker.root("CN=Lab Root,O=gkm");
    Path old = crl(root, now.minus(Duration.ofDays(1)));
    Path foreign = crl(stranger, now.plus(Duration.ofDays(1)));
    Path garbage = Files.writeString(folder.resolve("garbage.crl"), "no list");

    for (List<Path> files :
        List.of(
            List.<Path>of(),
            List.of(old),
            List.of(foreign),
            List.of(garbage),
            List.of(folder.resolve("missing")))) {
      assertThat(check(Revocation.CRL, files, GCKS, certificate).orElseThrow())
          .as("%s", files)
          .startsWith("it cannot be told whether its certificate is revoked: ");
    }
  }

  @Test
  void aRevokedAuthorityIsFound() throws IOException {
    LabCertificate one =
        new CertificateMaker("CN=One", LabKeys.make("p256")).authority().issuedBy(root);
    LabCertificate own = gcks().issuedBy(one);
    Instant fresh = now.plus(Duration.ofDays(1));

    assertThat(check(Revocation.CRL, List.of(crl(root, fresh), crl(one, fresh)), GCKS, own, one))
        .isEmpty();
    assertThat(
            check(Revocation.CRL, List.of(crl(root, fresh, one), crl(one, fresh)), GCKS, own, one))
        .isPresent();
  }

  @Test
  void ocspWithoutAResponderIsARefusal() {
    assertThat(check(Revocation.OCSP, List.of(), GCKS, gcks().issuedBy(root)).orElseThrow())
        .contains("cannot be told");
  }

  @Test
  void refusesWhatIsNoCertificate() {
    LabCertificate right = gcks().issuedBy(root);
    TrustSettings trust =
        new TrustSettings(List.of(root.certificate()), Revocation.OFF, List.of(), Optional.empty());
    for (Octets bad :
        List.of(
            Octets.of(new byte[] {1, 2, 3}),
            Octets.of(right.pem().getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
            Octets.ofHex(java.util.HexFormat.of().formatHex(right.der().toByteArray()) + "00"))) {
      assertThat(
              new CertificateVerifier(trust).refusal(new CertificateCheck(GCKS, List.of(bad)), now))
          .isPresent();
    }
  }

  /**
   * Whatever is changed in a certificate: a refusal in words, never anything else. But one octet in
   * front of the signature only says how many of its last bits are padding: where those are zero,
   * the certificate means the same.
   */
  @Test
  void noChangedCertificateIsTrusted() {
    TrustSettings trust =
        new TrustSettings(List.of(root.certificate()), Revocation.OFF, List.of(), Optional.empty());
    CertificateVerifier verifier = new CertificateVerifier(trust);
    LabCertificate issued = gcks().issuedBy(root);
    byte[] right = issued.der().toByteArray();
    int padding = right.length - issued.certificate().getSignature().length - 1;
    for (int i = 0; i < right.length; i++) {
      for (int change : new int[] {0x01, 0x80, 0xff}) {
        if (i == padding && change == 0x01) {
          continue;
        }
        byte[] bad = right.clone();
        bad[i] ^= (byte) change;
        CertificateCheck check = new CertificateCheck(GCKS, List.of(Octets.of(bad)));
        assertThat(verifier.refusal(check, now)).as("octet %d ^ %d", i, change).isPresent();
      }
      Octets cut = Octets.of(java.util.Arrays.copyOf(right, i));
      assertThat(verifier.refusal(new CertificateCheck(GCKS, List.of(cut)), now)).isPresent();
    }
  }

  @Test
  void nobodyIsTrustedByDefault() {
    assertThatThrownBy(
            () -> new TrustSettings(List.of(), Revocation.OFF, List.of(), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
