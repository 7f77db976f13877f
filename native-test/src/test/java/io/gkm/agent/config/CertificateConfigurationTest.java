package io.gkm.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.agent.pki.Revocation;
import io.gkm.agent.pki.TrustSettings;
import io.gkm.ike.CertificateAuthorities;
import io.gkm.ike.PreSharedKey;
import io.gkm.ike.RawPublicKey;
import io.gkm.ike.SigningCredential;
import io.gkm.ike.wire.Octets;
import io.gkm.lab.pki.CertificateMaker;
import io.gkm.lab.pki.CrlMaker;
import io.gkm.lab.pki.LabCertificate;
import io.gkm.lab.pki.LabKeys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code [controller.NAME.auth]} with certificates and public keys. */
class CertificateConfigurationTest {
  private static final String BOTH =
      """
      certificate-file = "gm1.pem"
      key-file         = "gm1.key"
      ca-files         = ["ca.pem"]
      """;

  @TempDir private Path folder;
  private final LabCertificate root = CertificateMaker.root("CN=Lab Root");
  private final LabCertificate own =
      new CertificateMaker("CN=gm1", LabKeys.make("p256")).dns("gm1.example").issuedBy(root);

  @BeforeEach
  void writeFiles() throws IOException {
    write("ca.pem", root.pem(), "rw-r--r--");
    write("gm1.pem", own.pem() + root.pem(), "rw-r--r--");
    write("gm1.key", own.keyPem(), "rw-------");
    write("gm1.psk", "0123456789abcdef0123456789abcdef", "rw-------");
    write("gm1.pub", publicKey(own), "rw-r--r--");
    LabCertificate gcks = new CertificateMaker("CN=x", LabKeys.make("ed25519")).issuedBy(root);
    write("gcks.pub", publicKey(gcks), "rw-r--r--");
    byte[] crl =
        CrlMaker.make(root, List.of(), Instant.now(), Instant.now().plus(Duration.ofDays(1)));
    Files.write(folder.resolve("ca.crl"), crl);
  }

  private static String publicKey(LabCertificate certificate) {
    return LabCertificate.pem("PUBLIC KEY", certificate.keys().getPublic().getEncoded());
  }

  private void write(String name, String content, String permissions) throws IOException {
    Path file = Files.writeString(folder.resolve(name), content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private Path config(String auth, String localId, String remoteId) throws IOException {
    return Files.writeString(
        folder.resolve("gkm.toml"),
        """
        [controller.hq]
        address   = ["192.0.2.1"]
        local-id  = "%s"
        remote-id = "%s"
        [controller.hq.auth]
        %s
        [group.video]
        controller = "hq"
        id         = "key-id:video"
        role       = "both"
        interface  = "eth0"
        allow      = ["0.0.0.0/0 -> 239.1.1.1/32 udp/5000"]
        """
            .formatted(localId, remoteId, auth));
  }

  private Configuration load(String auth) throws IOException, ConfigException {
    return Configuration.load(config(auth, "fqdn:gm1.example", "fqdn:gcks.example"));
  }

  private ControllerAuth auth(String auth) throws IOException, ConfigException {
    try (Configuration configuration = load(auth)) {
      assertThat(configuration.warnings()).isEmpty();
      return configuration.controllers().get(0).auth();
    }
  }

  private List<String> problems(String auth) throws IOException {
    return problems(config(auth, "fqdn:gm1.example", "fqdn:gcks.example"));
  }

  private List<String> problems(Path file) {
    try {
      Configuration.load(file).close();
      return List.of();
    } catch (ConfigException e) {
      return e.problems().stream()
          .map(p -> (p.line() + ": " + p.message()).replace(folder + "/", ""))
          .toList();
    }
  }

  @Test
  void certificatesOnBothSides() throws Exception {
    ControllerAuth auth = auth(BOTH);

    assertThat(auth.psk()).isEmpty();
    assertThat(auth.authentication().own()).isInstanceOf(SigningCredential.class);
    // The authority's own certificate is not sent.
    assertThat(auth.authentication().own().certificates()).hasSize(1);
    Octets anchor = Octets.of(root.certificate().getPublicKey().getEncoded());
    assertThat(auth.authentication().peer()).isEqualTo(new CertificateAuthorities(List.of(anchor)));
    assertThat(auth.trust())
        .contains(
            new TrustSettings(
                List.of(root.certificate()),
                Revocation.OFF,
                List.of(),
                java.util.Optional.empty()));
  }

  @Test
  void revocation() throws Exception {
    assertThat(auth(BOTH + "crl-files = [\"ca.crl\"]").trust().orElseThrow())
        .returns(Revocation.CRL, TrustSettings::revocation)
        .returns(List.of(folder.resolve("ca.crl")), TrustSettings::crlFiles);
    assertThat(auth(BOTH + "crl-files = [\"ca.crl\"]\nrevocation = \"any\"").trust().orElseThrow())
        .returns(Revocation.ANY, TrustSettings::revocation);
    assertThat(
            auth(BOTH + "revocation = \"ocsp\"\nocsp-responder = \"http://ocsp.example:80/\"")
                .trust()
                .orElseThrow())
        .returns(Revocation.OCSP, TrustSettings::revocation)
        .returns(
            java.util.Optional.of(URI.create("http://ocsp.example:80/")),
            TrustSettings::ocspResponder);
  }

  @Test
  void publicKeysOnBothSides() throws Exception {
    ControllerAuth auth =
        auth(
            """
            public-key-file        = "gm1.pub"
            key-file               = "gm1.key"
            remote-public-key-file = "gcks.pub"
            """);

    assertThat(auth.authentication().own()).isInstanceOf(SigningCredential.class);
    assertThat(auth.authentication().peer()).isInstanceOf(RawPublicKey.class);
    assertThat(auth.trust()).isEmpty();
  }

  @Test
  void aPreSharedKeyDoesForTheOtherSide() throws Exception {
    ControllerAuth peerSigns = auth("psk-file = \"gm1.psk\"\nca-files = [\"ca.pem\"]");
    ControllerAuth weSign =
        auth("psk-file = \"gm1.psk\"\ncertificate-file = \"gm1.pem\"\nkey-file = \"gm1.key\"");

    assertThat(peerSigns.authentication().own()).isInstanceOf(PreSharedKey.class);
    assertThat(peerSigns.authentication().peer()).isInstanceOf(CertificateAuthorities.class);
    assertThat(weSign.authentication().own()).isInstanceOf(SigningCredential.class);
    assertThat(weSign.authentication().peer()).isInstanceOf(PreSharedKey.class);
    assertThat(weSign.psk()).isPresent();
  }

  /** What is added to or replaced in the table, and how the first problem then begins. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "psk-file = \"gm1.psk\"|9: psk-file in [controller.hq.auth] is for nobody",
        "public-key-file = \"gm1.pub\"|9: public-key-file in [controller.hq.auth] beside certificate-file",
        "remote-public-key-file = \"gcks.pub\"|9: remote-public-key-file in [controller.hq.auth] beside ca-files",
        "revocation = \"maybe\"|9: revocation \"maybe\" in [controller.hq.auth]; write one of off, crl, ocsp, any",
        "revocation = \"crl\"|9: revocation \"crl\" in [controller.hq.auth] needs crl-files",
        "crl-files = []|9: crl-files in [controller.hq.auth] is empty",
        "crl-files = [\"none.crl\"]|9: cannot read crl-files: none.crl",
        "crl-files = [\"ca.pem\"]|9: cannot read crl-files: ca.pem",
        "ocsp-responder = \"http://ocsp.example/\"|9: ocsp-responder in [controller.hq.auth] is not asked",
        "colour = 1|9: unknown key \"colour\" in [controller.hq.auth]; allowed: psk-file, certificate-file, public-key-file, key-file, ca-files, remote-public-key-file, revocation, crl-files, ocsp-responder",
      })
  void saysWhatIsWrong(String added, String problem) throws Exception {
    assertThat(problems(BOTH + added)).first().asString().startsWith(problem);
  }

  @Test
  void crlsThatAreNotLookedAtAreAnError() throws Exception {
    assertThat(problems(BOTH + "crl-files = [\"ca.crl\"]\nrevocation = \"off\""))
        .containsExactly(
            "10: revocation \"off\" in [controller.hq.auth] does not look at crl-files; write"
                + " \"crl\" or \"any\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://ocsp.example/", "ocsp.example", "http://", "http://a b/"})
  void badResponders(String url) throws Exception {
    assertThat(problems(BOTH + "revocation = \"ocsp\"\nocsp-responder = \"" + url + "\""))
        .hasSize(1)
        .allMatch(p -> p.startsWith("10: ocsp-responder in [controller.hq.auth]"));
  }

  @Test
  void partsThatNeedOthers() throws Exception {
    assertThat(problems("certificate-file = \"gm1.pem\"\nca-files = [\"ca.pem\"]"))
        .containsExactly(
            "5: [controller.hq.auth] has no key-file; write the name of a PEM file with our"
                + " private key");
    assertThat(problems("key-file = \"gm1.key\"\npsk-file = \"gm1.psk\""))
        .containsExactly(
            "6: key-file in [controller.hq.auth] has neither certificate-file nor public-key-file"
                + " beside it");
    assertThat(problems("revocation = \"off\"\npsk-file = \"gm1.psk\""))
        .containsExactly(
            "6: revocation in [controller.hq.auth] without ca-files, which it is about");
    assertThat(problems("certificate-file = \"gm1.pem\"\nkey-file = \"gm1.key\""))
        .first()
        .asString()
        .startsWith("5: [controller.hq.auth] has no psk-file");
  }

  @Test
  void theKeyFileMustBePrivateAndRight() throws Exception {
    write("gm1.key", own.keyPem(), "rw-r-----");
    assertThat(problems(BOTH))
        .containsExactly(
            "7: key-file: others may read or change gm1.key; make it private: chmod 600 gm1.key");

    LabCertificate other = new CertificateMaker("CN=x", LabKeys.make("p256")).issuedBy(root);
    write("gm1.key", other.keyPem(), "rw-------");
    assertThat(problems(BOTH))
        .containsExactly("7: key-file: gm1.key is not the private key of our public key");

    write(
        "gm1.key",
        "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n",
        "rw-------");
    assertThat(problems(BOTH)).first().asString().contains("openssl pkcs8 -topk8 -nocrypt");

    write("gm1.key", LabCertificate.pem("PRIVATE KEY", new byte[] {1, 2}), "rw-------");
    assertThat(problems(BOTH)).containsExactly("7: key-file: gm1.key holds no private key for EC");

    Files.delete(folder.resolve("gm1.key"));
    assertThat(problems(BOTH))
        .containsExactly("7: key-file: gm1.key does not exist; put the private key there");
  }

  @Test
  void certificateFilesMustHoldCertificates() throws Exception {
    write("gm1.pem", "nothing", "rw-r--r--");
    write("ca.pem", LabCertificate.pem("CERTIFICATE", new byte[] {1, 2, 3}), "rw-r--r--");

    assertThat(problems(BOTH))
        .containsExactly(
            "6: certificate-file: gm1.pem holds no certificate; write it as PEM: -----BEGIN"
                + " CERTIFICATE-----",
            "8: ca-files: ca.pem: certificate does not parse");
  }

  @Test
  void weakKeysAreRefused() throws Exception {
    LabCertificate weakRoot =
        new CertificateMaker("CN=Weak", LabKeys.make("rsa-1024")).authority().selfSigned();
    write("ca.pem", weakRoot.pem(), "rw-r--r--");
    LabCertificate weak =
        new CertificateMaker("CN=gm1", LabKeys.make("rsa-1024")).dns("gm1.example").issuedBy(root);
    write("gm1.pem", weak.pem(), "rw-r--r--");
    write("gm1.key", weak.keyPem(), "rw-------");

    assertThat(problems(BOTH)).hasSize(2).allMatch(p -> p.contains("1024 bits"));
  }

  @Test
  void noCertificateIsOneForAKeyId() throws Exception {
    Path file = config(BOTH, "fqdn:gm1.example", "key-id:gcks");

    assertThat(problems(file))
        .first()
        .asString()
        .startsWith("8: no certificate is one for remote-id key-id:gcks");
  }

  @Test
  void warnsWhereTheKeyServerWouldRefuse() throws Exception {
    LabCertificate expired =
        new CertificateMaker("CN=gm1", own.keys())
            .dns("gm2.example")
            .valid(Instant.now().minus(Duration.ofDays(2)), Instant.now().minus(Duration.ofDays(1)))
            .issuedBy(root);
    write("gm1.pem", expired.pem(), "rw-r--r--");
    try (Configuration configuration = load(BOTH)) {
      assertThat(configuration.warnings())
          .extracting(ConfigProblem::message)
          .satisfiesExactlyInAnyOrder(
              w -> assertThat(w).startsWith("certificate-file does not fit local-id: "),
              w -> assertThat(w).startsWith("certificate-file expired at "));
    }
  }

  /** Neither the key pair nor the pre-shared key shows in what is printed for debugging. */
  @Test
  void nothingSecretIsShown() throws Exception {
    ControllerAuth auth = auth(BOTH);

    assertThat(auth.toString()).contains("SigningCredential[1 certificates]");
  }
}
