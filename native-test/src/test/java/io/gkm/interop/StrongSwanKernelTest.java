package io.gkm.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.agent.pki.CertificateVerifier;
import io.gkm.agent.pki.Revocation;
import io.gkm.agent.pki.TrustSettings;
import io.gkm.ike.Authentication;
import io.gkm.ike.CertificateAuthorities;
import io.gkm.ike.CertificateCheck;
import io.gkm.ike.ChildlessSession;
import io.gkm.ike.CloseReason;
import io.gkm.ike.Credentials;
import io.gkm.ike.GroupRequest;
import io.gkm.ike.IkeEffect.CheckCertificates;
import io.gkm.ike.IkeEffect.Closed;
import io.gkm.ike.IkeEffect.Established;
import io.gkm.ike.IkeOptions;
import io.gkm.ike.IkeProposals;
import io.gkm.ike.IkeSession;
import io.gkm.ike.IkeSettings;
import io.gkm.ike.Moment;
import io.gkm.ike.NatStatus;
import io.gkm.ike.PreSharedKey;
import io.gkm.ike.RetransmitPolicy;
import io.gkm.ike.SaSpis;
import io.gkm.ike.SessionInfo;
import io.gkm.ike.SigningCredential;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.Identification;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.Proposal;
import io.gkm.ike.wire.ProtocolId;
import io.gkm.ike.wire.Transform;
import io.gkm.ike.wire.TransformType;
import io.gkm.lab.Lab;
import io.gkm.lab.LabHost;
import io.gkm.lab.pki.CertificateMaker;
import io.gkm.lab.pki.LabCertificate;
import io.gkm.lab.pki.LabKeys;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The member's IKE engine against a foreign one: strongSwan's charon, which knows no groups, so
 * IKE_AUTH without Child SA (RFC 6023) stands where GSA_AUTH would. Nothing is installed in a
 * kernel.
 */
@Tag("kernel")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StrongSwanKernelTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String SECRET = "a pre-shared key";

  /** Nothing happens of our own accord; fragments from 576 octets on. */
  private static final IkeOptions QUIET = new IkeOptions(576, 1280, Duration.ZERO, Duration.ZERO);

  private static final IkeOptions HOURLY =
      new IkeOptions(576, 1280, Duration.ofHours(1), Duration.ZERO);

  private Lab lab;
  private LabHost member;
  private Charon charon;

  /** Transforms in our words and strongSwan's. */
  private record Suite(String name, List<Transform> transforms) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  void start() throws Exception {
    String missing = Charon.missing();
    if (!missing.isEmpty()) {
      System.err.println("NOT RUN, strongSwan is not there: " + missing);
    }
    Assumptions.assumeTrue(missing.isEmpty(), missing);
    lab = Lab.create();
    member = lab.host("member");
    LabHost gcks = lab.host("gcks");
    lab.connect(member, lab.bridge("lan"), "192.0.2.10/24", "2001:db8::10/64");
    lab.connect(gcks, lab.bridge("lan"), "192.0.2.1/24", "2001:db8::1/64");
    charon = Charon.start(gcks, "cookie_threshold = 1\nfragment_size = 400");
  }

  @AfterAll
  void stop() {
    if (lab != null) {
      lab.close();
    }
  }

  private void serve(String proposals, String more) throws Exception {
    charon.load(Charon.preSharedKey(proposals, more, SECRET));
  }

  private SessionOnWire session(List<Transform> transforms, IkeOptions options, String secret)
      throws Exception {
    byte[] octets = secret.getBytes(StandardCharsets.US_ASCII);
    return session(transforms, options, new PreSharedKey(Secret.copyOf(octets)));
  }

  private SessionOnWire session(
      List<Transform> transforms, IkeOptions options, Authentication authentication)
      throws Exception {
    InetAddress here = InetAddress.getByName("192.0.2.10");
    return new SessionOnWire(
        member, here, session(here, "192.0.2.1", transforms, options, authentication));
  }

  private static IkeSession session(
      InetAddress here,
      String there,
      List<Transform> transforms,
      IkeOptions options,
      Authentication authentication)
      throws Exception {
    IkeSettings settings =
        new IkeSettings(
            here,
            InetAddress.getByName(there),
            500,
            Identification.parse("fqdn:gm1.example"),
            Identification.parse("fqdn:gcks.example"),
            authentication,
            List.of(new Proposal(1, ProtocolId.IKE, Octets.EMPTY, transforms)),
            RetransmitPolicy.STANDARD,
            options);
    return ChildlessSession.of(settings, new SecureRandom());
  }

  private SessionOnWire established(List<Transform> transforms, IkeOptions options)
      throws Exception {
    return established(session(transforms, options, SECRET));
  }

  private SessionOnWire established(SessionOnWire wire) throws Exception {
    wire.perform(wire.session.start(wire.now()));
    assertThat(wire.run(SOON, w -> !w.all(Established.class).isEmpty() || ended(w)))
        .as("effects %s%ncharon %s", wire.effects, charon.process().lines())
        .isTrue();
    assertThat(wire.all(Closed.class)).isEmpty();
    return wire;
  }

  private static boolean ended(SessionOnWire wire) {
    return !wire.all(Closed.class).isEmpty();
  }

  private void closeCleanly(SessionOnWire wire) throws Exception {
    int mark = charon.process().mark();
    wire.perform(wire.session.close(wire.now()));
    assertThat(wire.run(SOON, StrongSwanKernelTest::ended)).isTrue();
    assertThat(wire.all(Closed.class).get(0).reason()).isEqualTo(CloseReason.LOCAL);
    assertThat(wire.session.info().state()).isEqualTo(SessionInfo.State.CLOSED);
    charon.process().awaitLine("deleting IKE_SA gm|IKE_SA deleted", SOON, mark);
  }

  private static Suite suite(String name, Transform encr, int integ, int prf, int ke) {
    List<Transform> transforms = new ArrayList<>(List.of(encr));
    transforms.add(Transform.of(TransformType.PRF, prf));
    if (integ != 0) {
      transforms.add(Transform.of(TransformType.INTEG, integ));
    }
    transforms.add(Transform.of(TransformType.KE, ke));
    return new Suite(name, transforms);
  }

  private static final Suite USUAL =
      suite("aes256gcm16-prfsha256-curve25519", aes(20, 256), 0, 5, 31);

  private static Transform aes(int id, int bits) {
    return Transform.of(TransformType.ENCR, id, bits);
  }

  static Stream<Suite> suites() {
    Stream.Builder<Suite> all = Stream.builder();
    String[] modes = {"ccm8", "ccm12", "ccm16", "", "gcm8", "gcm12", "gcm16"};
    for (int bits : new int[] {128, 192, 256}) {
      for (int i = 0; i < modes.length; i++) {
        if (!modes[i].isEmpty()) {
          String name = "aes" + bits + modes[i] + "-prfsha256-ecp256";
          all.add(suite(name, aes(14 + i, bits), 0, 5, 19));
        }
      }
      all.add(suite("aes" + bits + "-sha256-prfsha256-ecp256", aes(12, bits), 12, 5, 19));
      all.add(suite("aes" + bits + "ctr-sha256-prfsha256-ecp256", aes(13, bits), 12, 5, 19));
    }
    all.add(suite("aes256-sha384-prfsha384-ecp384", aes(12, 256), 13, 6, 20));
    all.add(suite("aes256-sha512-prfsha512-ecp521", aes(12, 256), 14, 7, 21));
    Transform chacha = Transform.of(TransformType.ENCR, 28);
    all.add(suite("chacha20poly1305-prfsha256-curve25519", chacha, 0, 5, 31));
    String[] methods = {
      "modp2048",
      "modp3072",
      "modp4096",
      "modp6144",
      "modp8192",
      "ecp256",
      "ecp384",
      "ecp521",
      "",
      "",
      "",
      "",
      "",
      "",
      "ecp256bp",
      "ecp384bp",
      "ecp512bp",
      "curve25519",
      "curve448"
    };
    for (int i = 0; i < methods.length; i++) {
      if (!methods[i].isEmpty()) {
        String name = "aes128gcm16-prfsha384-" + methods[i];
        all.add(suite(name, aes(20, 128), 0, 6, 14 + i));
      }
    }
    return all.build();
  }

  @ParameterizedTest
  @MethodSource("suites")
  void agreesWithEverySuiteBothKnow(Suite suite) throws Exception {
    serve(suite.name(), "");
    try (SessionOnWire wire = established(suite.transforms(), QUIET)) {
      closeCleanly(wire);
    }
  }

  @Test
  void whoKnowsNoGroupsIsNoKeyServer() throws Exception {
    serve("default", "");
    InetAddress here = InetAddress.getByName("192.0.2.10");
    IkeSettings settings =
        new IkeSettings(
            here,
            InetAddress.getByName("192.0.2.1"),
            500,
            Identification.parse("fqdn:gm1.example"),
            Identification.parse("fqdn:gcks.example"),
            new PreSharedKey(Secret.copyOf(SECRET.getBytes(StandardCharsets.US_ASCII))),
            IkeProposals.standard(),
            new RetransmitPolicy(
                Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofSeconds(2)));
    GroupRequest request =
        new GroupRequest(Identification.parse("key-id:video"), Optional.empty(), 0);
    IkeSession session = new IkeSession(settings, request, new SecureRandom());
    try (SessionOnWire wire = new SessionOnWire(member, here, session)) {
      wire.perform(session.start(wire.now()));
      assertThat(wire.run(SOON, StrongSwanKernelTest::ended)).isTrue();
      assertThat(wire.all(Closed.class).get(0).reason()).isEqualTo(CloseReason.NO_PROPOSAL_CHOSEN);
    }
  }

  @Test
  void aWrongSecretIsRefused() throws Exception {
    serve(USUAL.name(), "");
    try (SessionOnWire wire = session(USUAL.transforms(), QUIET, "another one")) {
      wire.perform(wire.session.start(wire.now()));
      assertThat(wire.run(SOON, StrongSwanKernelTest::ended)).isTrue();
      assertThat(wire.all(Closed.class).get(0).reason())
          .isEqualTo(CloseReason.AUTHENTICATION_FAILED);
    }
  }

  @Test
  void anotherKeyExchangeMethodIsAskedFor() throws Exception {
    serve("aes256gcm16-prfsha256-ecp384", "");
    List<Transform> transforms = new ArrayList<>(USUAL.transforms());
    transforms.add(Transform.of(TransformType.KE, 20));
    try (SessionOnWire wire = established(transforms, QUIET)) {
      assertThat(wire.session.info().suite().orElseThrow().keMethod()).isEqualTo(20);
      closeCleanly(wire);
    }
  }

  @Test
  void aCookieIsGivenBack() throws Exception {
    serve(USUAL.name(), "");
    int mark = charon.process().mark();
    // The first one stays half-open: it never gets to IKE_AUTH.
    try (SessionOnWire halfOpen = session(USUAL.transforms(), QUIET, SECRET)) {
      halfOpen.lost = send -> halfOpen.sent.size() > 1;
      halfOpen.perform(halfOpen.session.start(halfOpen.now()));
      assertThat(halfOpen.run(SOON, w -> w.sent.size() > 1)).isTrue();
    }
    try (SessionOnWire wire = established(USUAL.transforms(), QUIET)) {
      charon.process().awaitLine("N\\(COOKIE\\)", SOON, mark);
      closeCleanly(wire);
    }
  }

  private static SaSpis spis(SessionOnWire wire) {
    return new SaSpis(wire.session.info().spiI(), wire.session.info().spiR());
  }

  /** charon has one IKE SA, and it is ours; both ends can use it. */
  private void assertInStep(SessionOnWire wire) throws Exception {
    SaSpis spis = spis(wire);
    String text = "%016x_i".formatted(spis.initiator());
    boolean settled = wire.run(SOON, w -> sas().size() == 1 && sas().get(0).contains(text));
    assertThat(settled).as("%s%n%s", spis, sas()).isTrue();
    assertThat(wire.all(Closed.class)).isEmpty();
    askWhetherAlive(wire);
  }

  /** charon's established IKE SAs, a line each; half-open ones of earlier tests do not count. */
  private List<String> sas() {
    return charon.swanctl("--list-sas").lines().filter(l -> l.contains("ESTABLISHED")).toList();
  }

  private static void askWhetherAlive(SessionOnWire wire) throws Exception {
    wire.perform(ChildlessSession.askWhetherAlive(wire.session, wire.now()));
    assertThat(waits(wire)).isTrue();
    assertThat(wire.run(Duration.ofSeconds(20), w -> !waits(w))).isTrue();
  }

  /** Whether a request of ours waits for its answer: then it is soon sent again. */
  private static boolean waits(SessionOnWire wire) {
    Moment soon = wire.now().plus(Duration.ofSeconds(5));
    return wire.session.deadline().filter(d -> d.isBefore(soon)).isPresent();
  }

  @Test
  void charonRekeysTheIkeSa() throws Exception {
    serve(USUAL.name(), "");
    try (SessionOnWire wire = established(USUAL.transforms(), QUIET)) {
      for (int i = 0; i < 3; i++) {
        SaSpis before = spis(wire);
        charon.swanctl("--rekey", "--ike", "gm");
        assertThat(wire.run(SOON, w -> !spis(w).equals(before))).isTrue();
        assertThat(wire.run(Duration.ofMillis(300), w -> ended(w))).isFalse();
        assertInStep(wire);
      }
      closeCleanly(wire);
    }
  }

  @Test
  void weRekeyTheIkeSa() throws Exception {
    serve(USUAL.name(), "");
    try (SessionOnWire wire = established(USUAL.transforms(), HOURLY)) {
      for (int i = 0; i < 3; i++) {
        SaSpis before = spis(wire);
        wire.ahead = wire.ahead.plusHours(1);
        assertThat(wire.run(SOON, w -> !spis(w).equals(before))).isTrue();
        assertThat(wire.run(Duration.ofMillis(300), w -> ended(w))).isFalse();
        assertThat(sas())
            .singleElement()
            .asString()
            .contains("%016x_i".formatted(spis(wire).initiator()));
      }
      closeCleanly(wire);
    }
  }

  @Test
  void bothRekeyTheIkeSaAtOnce() throws Exception {
    serve(USUAL.name(), "");
    for (int i = 0; i < 10; i++) {
      try (SessionOnWire wire = established(USUAL.transforms(), HOURLY)) {
        SaSpis before = spis(wire);
        // charon's request waits in our socket while ours goes out.
        charon.swanctl("--rekey", "--ike", "gm");
        wire.ahead = wire.ahead.plusHours(1);
        wire.perform(wire.session.tick(wire.now()));
        assertThat(wire.run(SOON, w -> !spis(w).equals(before))).isTrue();
        assertThat(wire.run(Duration.ofSeconds(1), w -> ended(w))).isFalse();
        assertThat(sas())
            .singleElement()
            .asString()
            .contains("%016x_i".formatted(spis(wire).initiator()));
        closeCleanly(wire);
      }
    }
    assertThat(charon.process().lines()).anyMatch(l -> l.contains("rekey collision"));
  }

  @Test
  void eachSeesThatTheOtherIsAlive() throws Exception {
    serve(USUAL.name(), "dpd_delay = 1s");
    int mark = charon.process().mark();
    try (SessionOnWire wire = established(USUAL.transforms(), QUIET)) {
      int before = wire.received.size();
      assertThat(wire.run(SOON, w -> w.received.size() >= before + 2)).isTrue();
      charon.process().awaitLine("sending DPD request", SOON, mark);
      askWhetherAlive(wire);
      closeCleanly(wire);
    }
  }

  private static PreSharedKey psk() {
    return new PreSharedKey(Secret.copyOf(SECRET.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void worksOverIpv6() throws Exception {
    serve(USUAL.name(), "");
    InetAddress here = InetAddress.getByName("2001:db8::10");
    IkeSession session = session(here, "2001:db8::1", USUAL.transforms(), QUIET, psk());
    try (SessionOnWire wire = established(new SessionOnWire(member, here, session))) {
      assertThat(wire.session.info().nat()).isEqualTo(new NatStatus(true, false, false));
      askWhetherAlive(wire);
      closeCleanly(wire);
    }
  }

  @Test
  void movesToPort4500BehindANat() throws Exception {
    serve(USUAL.name(), "");
    InetAddress here = InetAddress.getByName("192.0.2.10");
    InetAddress inside = InetAddress.getByName("10.0.0.10");
    IkeSession session = session(inside, "192.0.2.1", USUAL.transforms(), QUIET, psk());
    int mark = charon.process().mark();
    try (SessionOnWire wire = established(new SessionOnWire(member, here, session, inside))) {
      assertThat(wire.session.info().nat()).isEqualTo(new NatStatus(true, true, false));
      assertThat(wire.session.info().path().remote().getPort()).isEqualTo(4500);
      charon.process().awaitLine("remote host is behind NAT", SOON, mark);
      charon.swanctl("--rekey", "--ike", "gm");
      SaSpis before = spis(wire);
      assertThat(wire.run(SOON, w -> !spis(w).equals(before))).isTrue();
      assertInStep(wire);
      closeCleanly(wire);
    }
  }

  @Test
  void charonDeletesTheIkeSa() throws Exception {
    serve(USUAL.name(), "");
    try (SessionOnWire wire = established(USUAL.transforms(), QUIET)) {
      charon.swanctl("--terminate", "--ike", "gm", "--timeout", "-1");
      assertThat(wire.run(SOON, StrongSwanKernelTest::ended)).isTrue();
      assertThat(wire.all(Closed.class).get(0).reason()).isEqualTo(CloseReason.DELETED_BY_PEER);
    }
  }

  @Test
  void ourFragmentsArePutTogether() throws Exception {
    serve(USUAL.name(), "");
    IkeOptions small = new IkeOptions(160, 160, Duration.ZERO, Duration.ZERO);
    int mark = charon.process().mark();
    try (SessionOnWire wire = established(USUAL.transforms(), small)) {
      assertThat(wire.sent.subList(1, wire.sent.size())).hasSizeGreaterThan(1);
      charon
          .process()
          .awaitLine("reassembled fragmented IKE message \\([0-9]+ bytes\\)", SOON, mark);
      closeCleanly(wire);
    }
  }

  private static LabCertificate host(LabCertificate root, String name, String keys) {
    return new CertificateMaker("CN=" + name, LabKeys.make(keys)).dns(name).issuedBy(root);
  }

  /** How both sign; the certificates are issued by an authority with a P-256 key. */
  @ParameterizedTest
  @CsvSource({
    "p256, p256, pubkey",
    "p384, p521, pubkey",
    "p521, p384, pubkey",
    "ed25519, ed25519, pubkey",
    "ed448, ed448, pubkey",
    "rsa-2048, rsa-2048, pubkey",
    "rsa-3072, rsa-3072, rsa/pss",
    "p256, rsa-4096, pubkey"
  })
  void certificatesInFragmentsBothWays(String ours, String theirs, String auth) throws Exception {
    LabCertificate root = CertificateMaker.root("CN=Interop CA");
    LabCertificate gcks = host(root, "gcks.example", theirs);
    LabCertificate gm = host(root, "gm1.example", ours);
    serveCertificates(root, gcks, auth);
    int mark = charon.process().mark();
    IkeOptions small = new IkeOptions(400, 1280, Duration.ZERO, Duration.ZERO);
    try (SessionOnWire wire = session(USUAL.transforms(), small, credentials(gm, root))) {
      wire.trust = trust(root);
      established(wire);
      assertThat(wire.all(CheckCertificates.class)).hasSize(1);
      assertThat(wire.sent).hasSizeGreaterThan(2).allMatch(octets -> octets <= 400);
      charon.process().awaitLine("received fragment #[0-9]+ of [0-9]+, reassembled", SOON, mark);
      charon.process().awaitLine("splitting IKE message .* into [0-9]+ fragments", SOON, mark);
      closeCleanly(wire);
    }
  }

  @Test
  void aCertificateOfAnotherAuthorityIsNotTrusted() throws Exception {
    LabCertificate root = CertificateMaker.root("CN=Interop CA");
    LabCertificate other = CertificateMaker.root("CN=Another CA");
    serveCertificates(root, host(root, "gcks.example", "p256"), "pubkey");
    LabCertificate gm = host(root, "gm1.example", "p256");
    try (SessionOnWire wire = session(USUAL.transforms(), QUIET, credentials(gm, root))) {
      wire.trust = trust(other);
      wire.perform(wire.session.start(wire.now()));
      assertThat(wire.run(SOON, StrongSwanKernelTest::ended)).isTrue();
      assertThat(wire.all(Closed.class).get(0).reason())
          .isEqualTo(CloseReason.PEER_NOT_AUTHENTICATED);
    }
  }

  private static Credentials credentials(LabCertificate gm, LabCertificate root)
      throws CryptoException {
    return new Credentials(
        SigningCredential.ofCertificates(gm.keys().getPrivate(), List.of(gm.der())),
        new CertificateAuthorities(
            List.of(Octets.of(root.certificate().getPublicKey().getEncoded()))));
  }

  private static Function<CertificateCheck, Optional<String>> trust(LabCertificate root) {
    CertificateVerifier verifier =
        new CertificateVerifier(
            new TrustSettings(
                List.of(root.certificate()), Revocation.OFF, List.of(), Optional.empty()));
    return check -> verifier.refusal(check, Instant.now());
  }

  private void serveCertificates(LabCertificate root, LabCertificate gcks, String auth)
      throws Exception {
    charon.file("x509ca/ca.pem", root.pem());
    charon.file("x509/gcks.pem", gcks.pem());
    charon.file("private/gcks.pem", gcks.keyPem());
    charon.load(
        """
        connections {
          gm {
            version = 2
            proposals = %s
            childless = force
            rekey_time = 0
            local_addrs = 192.0.2.1
            fragmentation = yes
            local {
              auth = %s
              certs = gcks.pem
              id = gcks.example
            }
            remote {
              auth = pubkey
              cacerts = ca.pem
              id = gm1.example
            }
          }
        }
        """
            .formatted(USUAL.name(), auth));
  }
}
