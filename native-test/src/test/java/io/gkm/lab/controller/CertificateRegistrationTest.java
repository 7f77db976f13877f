package io.gkm.lab.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.agent.pki.CertificateVerifier;
import io.gkm.agent.pki.Revocation;
import io.gkm.agent.pki.TrustSettings;
import io.gkm.ike.Authentication;
import io.gkm.ike.CertificateAuthorities;
import io.gkm.ike.CertificateCheck;
import io.gkm.ike.CloseReason;
import io.gkm.ike.Credentials;
import io.gkm.ike.IkeEffect;
import io.gkm.ike.IkeOptions;
import io.gkm.ike.OwnCredential;
import io.gkm.ike.PeerProof;
import io.gkm.ike.PreSharedKey;
import io.gkm.ike.RawPublicKey;
import io.gkm.ike.SigningCredential;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.Identification;
import io.gkm.ike.wire.Octets;
import io.gkm.lab.pki.CertificateMaker;
import io.gkm.lab.pki.CrlMaker;
import io.gkm.lab.pki.LabCertificate;
import io.gkm.lab.pki.LabKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A member's session and the lab key server that prove themselves by signatures. */
class CertificateRegistrationTest {
  private static final String MEMBER = "gm1.example";
  private static final String SERVER = "gcks.example";
  private final Instant now = Instant.now();

  private final LabCertificate root = CertificateMaker.root("CN=Lab Root");
  private final LabCertificate stranger = CertificateMaker.root("CN=Stranger");

  @TempDir Path folder;

  private LabCertificate host(String name, String keys) {
    return new CertificateMaker("CN=" + name, LabKeys.make(keys)).dns(name).issuedBy(root);
  }

  private static OwnCredential signer(LabCertificate... chain) throws CryptoException {
    return SigningCredential.ofCertificates(
        chain[0].keys().getPrivate(), Stream.of(chain).map(LabCertificate::der).toList());
  }

  private static PeerProof authority(LabCertificate anchor) {
    return new CertificateAuthorities(
        List.of(Octets.of(anchor.certificate().getPublicKey().getEncoded())));
  }

  private static PreSharedKey psk(String text) {
    return new PreSharedKey(Secret.copyOf(text.getBytes(StandardCharsets.US_ASCII)));
  }

  private Function<CertificateCheck, Optional<String>> trust(
      LabCertificate anchor, Revocation revocation, Path... crls) {
    CertificateVerifier verifier =
        new CertificateVerifier(
            new TrustSettings(
                List.of(anchor.certificate()), revocation, List.of(crls), Optional.empty()));
    return check -> verifier.refusal(check, now);
  }

  private SessionNetwork network(Authentication member, Authentication server) {
    SessionNetwork network =
        new SessionNetwork(
            7,
            IkeOptions.STANDARD,
            1,
            member,
            new ControllerSettings.Member(
                "gm1",
                Identification.parse("fqdn:" + MEMBER),
                server,
                trust(root, Revocation.OFF),
                List.of("video")));
    network.certificates = trust(root, Revocation.OFF).andThen(Optional::of);
    return network;
  }

  private SessionNetwork serverShows(LabCertificate... chain) throws CryptoException {
    return network(
        new Credentials(psk("member"), authority(root)),
        new Credentials(signer(chain), psk("member")));
  }

  private static void assertRegistered(SessionNetwork network) {
    assertThat(network.closed()).as("%s", network.effects).isEmpty();
    assertThat(network.all(IkeEffect.Registered.class)).hasSize(1);
  }

  private static void assertRefused(SessionNetwork network, String why) {
    assertThat(network.closed()).contains(CloseReason.PEER_NOT_AUTHENTICATED);
    assertThat(network.all(IkeEffect.Closed.class).get(0).detail())
        .startsWith("the peer is not the configured GCKS: ")
        .contains(why);
    assertThat(network.all(IkeEffect.Established.class)).isEmpty();
    assertThat(network.all(IkeEffect.Registered.class)).isEmpty();
    assertThat(network.all(IkeEffect.RegistrationRefused.class)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "p256, p256",
    "p384, rsa-2048",
    "p521, ed25519",
    "ed448, p384",
    "rsa-3072, ed448",
  })
  void bothShowCertificates(String memberKeys, String serverKeys) throws CryptoException {
    SessionNetwork network =
        network(
            new Credentials(signer(host(MEMBER, memberKeys)), authority(root)),
            new Credentials(signer(host(SERVER, serverKeys)), authority(root)));

    network.start();

    assertRegistered(network);
  }

  /**
   * Certificates make the messages so long that they go in fragments; here none arrives at once.
   */
  @Test
  void everyDatagramIsLostOnce() throws CryptoException {
    SessionNetwork network =
        network(
            new Credentials(signer(host(MEMBER, "p256")), authority(root)),
            new Credentials(signer(host(SERVER, "p384")), authority(root)));
    Set<Octets> seen = new HashSet<>();
    network.lost = seen::add;

    network.start();
    network.pass(Duration.ofMinutes(2));

    assertRegistered(network);
    assertThat(seen).hasSizeGreaterThan(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"p256", "rsa-2048", "ed25519"})
  void rawPublicKeys(String kind) throws CryptoException {
    KeyPair member = LabKeys.make(kind);
    KeyPair server = LabKeys.make(kind);
    SessionNetwork network =
        network(
            new Credentials(raw(member), RawPublicKey.of(spki(server))),
            new Credentials(raw(server), RawPublicKey.of(spki(member))));

    network.start();

    assertRegistered(network);
    assertThat(network.all(IkeEffect.CheckCertificates.class)).isEmpty();
  }

  private static Octets spki(KeyPair pair) {
    return Octets.of(pair.getPublic().getEncoded());
  }

  private static OwnCredential raw(KeyPair pair) throws CryptoException {
    return SigningCredential.ofRawKey(pair.getPrivate(), spki(pair));
  }

  @Test
  void eachSideHasItsOwnMethod() throws CryptoException {
    SessionNetwork serverSigns = serverShows(host(SERVER, "p256"));
    serverSigns.start();
    assertRegistered(serverSigns);

    SessionNetwork memberSigns =
        network(
            new Credentials(signer(host(MEMBER, "p256")), psk("server")),
            new Credentials(psk("server"), authority(root)));
    memberSigns.start();
    assertRegistered(memberSigns);
  }

  @Test
  void intermediatesComeAlong() throws CryptoException {
    LabCertificate issuer =
        new CertificateMaker("CN=Issuer", LabKeys.make("p256")).authority().issuedBy(root);
    LabCertificate own =
        new CertificateMaker("CN=x", LabKeys.make("p256")).dns(SERVER).issuedBy(issuer);
    SessionNetwork whole = serverShows(own, issuer);
    SessionNetwork incomplete = serverShows(own);

    whole.start();
    incomplete.start();

    assertRegistered(whole);
    assertRefused(incomplete, "does not lead to a trust anchor");
  }

  /** It says that it is the configured one, and has a certificate of the same authority. */
  @Test
  void anotherHostOfTheSameAuthorityIsRefused() throws CryptoException {
    SessionNetwork network = serverShows(host("other.example", "p256"));

    network.start();

    assertRefused(network, "other.example) is not one for fqdn:gcks.example");
  }

  @Test
  void expiredUnsuitableAndForeignCertificatesAreRefused() throws CryptoException {
    CertificateMaker expired =
        new CertificateMaker("CN=x", LabKeys.make("p256"))
            .dns(SERVER)
            .valid(now.minus(Duration.ofDays(2)), now.minus(Duration.ofDays(1)));
    CertificateMaker unsuitable =
        new CertificateMaker("CN=x", LabKeys.make("p256"))
            .dns(SERVER)
            .keyUsage(KeyUsage.keyEncipherment);
    CertificateMaker foreign = new CertificateMaker("CN=x", LabKeys.make("p256")).dns(SERVER);
    CertificateMaker weak =
        new CertificateMaker("CN=x", LabKeys.make("p256")).dns(SERVER).weaklySigned();

    assertRefusal(expired.issuedBy(root), "expired");
    assertRefusal(unsuitable.issuedBy(root), "not for signatures");
    assertRefusal(foreign.issuedBy(stranger), "does not lead to a trust anchor");
    assertRefusal(weak.issuedBy(root), "not accepted");
  }

  private void assertRefusal(LabCertificate shown, String why) throws CryptoException {
    SessionNetwork network = serverShows(shown);
    network.start();
    assertRefused(network, why);
  }

  @Test
  void revokedCertificatesAreRefused() throws Exception {
    LabCertificate server = host(SERVER, "p256");
    Path crl = folder.resolve("root.crl");
    Instant until = now.plus(Duration.ofDays(1));
    Files.write(crl, CrlMaker.make(root, List.of(), now.minusSeconds(60), until));
    SessionNetwork before = serverShows(server);
    before.certificates = trust(root, Revocation.CRL, crl).andThen(Optional::of);
    before.start();
    assertRegistered(before);

    Files.write(crl, CrlMaker.make(root, List.of(server), now.minusSeconds(60), until));
    SessionNetwork after = serverShows(server);
    after.certificates = before.certificates;
    after.start();

    assertRefused(after, "revoked");
  }

  @Test
  void aSignatureOfAnotherKeyIsRefusedBeforeCertificatesAreChecked() throws CryptoException {
    LabCertificate server = host(SERVER, "p256");
    OwnCredential thief =
        SigningCredential.ofCertificates(LabKeys.make("p256").getPrivate(), List.of(server.der()));
    SessionNetwork network =
        network(
            new Credentials(psk("member"), authority(root)), new Credentials(thief, psk("member")));

    network.start();

    assertRefused(network, "signature is wrong");
    assertThat(network.all(IkeEffect.CheckCertificates.class)).isEmpty();
  }

  @Test
  void anotherRawKeyIsRefused() throws CryptoException {
    KeyPair configured = LabKeys.make("ed25519");
    SessionNetwork network =
        network(
            new Credentials(psk("member"), RawPublicKey.of(spki(configured))),
            new Credentials(raw(LabKeys.make("ed25519")), psk("member")));

    network.start();

    assertRefused(network, "another public key");
  }

  /** A pre-shared key that leaked must not do where a certificate is configured, nor reversed. */
  @Test
  void theConfiguredMethodIsTheOnlyOne() throws CryptoException {
    SessionNetwork pskInstead =
        network(
            new Credentials(psk("member"), authority(root)),
            new Credentials(psk("member"), psk("member")));
    SessionNetwork certificateInstead =
        network(psk("member"), new Credentials(signer(host(SERVER, "p256")), psk("member")));

    pskInstead.start();
    assertRefused(pskInstead, "no X.509 certificate");

    // The member announces no hash algorithms, so the key server cannot even sign.
    certificateInstead.start();
    assertThat(certificateInstead.all(IkeEffect.Registered.class)).isEmpty();
    assertThat(certificateInstead.all(IkeEffect.Established.class)).isEmpty();
  }

  /** The commonest mistake: only one side was configured for certificates. */
  @Test
  void aKeyServerThatTakesNoSignaturesIsNamedAsTheReason() throws CryptoException {
    SessionNetwork network =
        network(new Credentials(signer(host(MEMBER, "p256")), authority(root)), psk("something"));

    network.start();
    network.pass(Duration.ofMinutes(10));

    assertThat(network.closed()).contains(CloseReason.TIMEOUT);
    assertThat(network.all(IkeEffect.Closed.class).get(0).detail())
        .contains("the last answer was not acceptable: ")
        .contains("the peer takes none of [ECDSA with SHA2-256");
  }

  @Test
  void theKeyServerRefusesMembersAlike() throws CryptoException {
    LabCertificate other = host("gm2.example", "p256");
    LabCertificate foreign =
        new CertificateMaker("CN=x", LabKeys.make("p256")).dns(MEMBER).issuedBy(stranger);
    for (LabCertificate shown : List.of(other, foreign)) {
      SessionNetwork network =
          network(
              new Credentials(signer(shown), authority(root)),
              new Credentials(signer(host(SERVER, "p256")), authority(root)));

      network.start();

      assertThat(network.closed()).contains(CloseReason.AUTHENTICATION_FAILED);
      assertThat(network.serverLog).anyMatch(line -> line.startsWith("refused fqdn:gm1.example"));
    }
  }

  @Test
  @Tag("GM-10")
  void nothingIsUsedUntilTheCheckIsDone() throws CryptoException {
    SessionNetwork network = serverShows(host(SERVER, "p256"));
    network.certificates = check -> Optional.empty();

    network.start();
    network.pass(Duration.ofSeconds(59));

    assertThat(network.closed()).isEmpty();
    assertThat(network.all(IkeEffect.Established.class)).isEmpty();
    assertThat(network.all(IkeEffect.Registered.class)).isEmpty();

    CertificateCheck asked = network.all(IkeEffect.CheckCertificates.class).get(0).check();
    CertificateCheck another = new CertificateCheck(asked.peer(), List.of());
    network.perform(network.session.certificatesChecked(network.now, another, Optional.empty()));
    assertThat(network.all(IkeEffect.Registered.class)).isEmpty();

    network.perform(network.session.certificatesChecked(network.now, asked, Optional.empty()));
    assertRegistered(network);
    network.perform(network.session.certificatesChecked(network.now, asked, Optional.of("late")));
    assertRegistered(network);
  }

  @Test
  void aCheckThatNeverEndsIsARefusal() throws CryptoException {
    SessionNetwork network = serverShows(host(SERVER, "p256"));
    network.certificates = check -> Optional.empty();

    network.start();
    network.pass(Duration.ofSeconds(61));

    assertThat(network.closed()).contains(CloseReason.PEER_NOT_AUTHENTICATED);
    assertThat(network.all(IkeEffect.Registered.class)).isEmpty();
  }

  @Test
  void aSessionThatIsClosedMeanwhileHandsOutNothing() throws CryptoException {
    SessionNetwork network = serverShows(host(SERVER, "p256"));
    network.certificates = check -> Optional.empty();
    network.start();
    CertificateCheck asked = network.all(IkeEffect.CheckCertificates.class).get(0).check();

    network.perform(network.session.close(network.now));
    network.perform(network.session.certificatesChecked(network.now, asked, Optional.empty()));
    network.settle();

    assertThat(network.all(IkeEffect.Registered.class)).isEmpty();
    assertThat(network.closed()).contains(CloseReason.LOCAL);
  }
}
