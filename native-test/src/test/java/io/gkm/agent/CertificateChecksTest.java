package io.gkm.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.agent.pki.CertificateVerifier;
import io.gkm.agent.pki.Revocation;
import io.gkm.agent.pki.TrustSettings;
import io.gkm.ike.CertificateCheck;
import io.gkm.ike.wire.Identification;
import io.gkm.lab.pki.CertificateMaker;
import io.gkm.lab.pki.LabCertificate;
import io.gkm.lab.pki.LabKeys;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CertificateChecksTest {
  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final EventLoop loop = loops.next();
  private final LabCertificate root = CertificateMaker.root("CN=Lab Root");
  private final LabCertificate gcks =
      new CertificateMaker("CN=x", LabKeys.make("p256")).dns("gcks.example").issuedBy(root);

  @AfterEach
  void stopLoop() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private Optional<String> check(
      Duration limit, String identity, Optional<CertificateVerifier> verifier) throws Exception {
    CertificateCheck check =
        new CertificateCheck(Identification.parse(identity), List.of(gcks.der()));
    CompletableFuture<Optional<String>> result = new CompletableFuture<>();
    try (CertificateChecks checks = new CertificateChecks(loop, AgentClock.system(), limit)) {
      loop.execute(
          () ->
              checks.begin(
                  verifier,
                  check,
                  refusal -> {
                    assertThat(loop.inEventLoop()).isTrue();
                    result.complete(refusal);
                  }));
      return result.get(30, TimeUnit.SECONDS);
    }
  }

  private Optional<CertificateVerifier> verifier(Revocation revocation, Optional<URI> responder) {
    return Optional.of(
        new CertificateVerifier(
            new TrustSettings(List.of(root.certificate()), revocation, List.of(), responder)));
  }

  @Test
  void tellsWhatTheVerifierSays() throws Exception {
    Optional<CertificateVerifier> verifier = verifier(Revocation.OFF, Optional.empty());

    assertThat(check(Duration.ofSeconds(20), "fqdn:gcks.example", verifier)).isEmpty();
    assertThat(check(Duration.ofSeconds(20), "fqdn:other.example", verifier)).isPresent();
  }

  @Test
  void withoutAnchorsNobodyIsTrusted() throws Exception {
    assertThat(check(Duration.ofSeconds(20), "fqdn:gcks.example", Optional.empty()))
        .contains("no trust anchor is configured for it");
  }

  @Test
  void aResponderThatSaysNothingIsARefusal() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      URI responder = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");

      Optional<String> refusal =
          check(
              Duration.ofMillis(200),
              "fqdn:gcks.example",
              verifier(Revocation.OCSP, Optional.of(responder)));

      assertThat(refusal.orElseThrow()).contains("could not be checked within");
    }
  }
}
