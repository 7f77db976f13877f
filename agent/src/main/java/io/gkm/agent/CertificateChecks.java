package io.gkm.agent;

import io.gkm.agent.pki.CertificateVerifier;
import io.gkm.ike.CertificateCheck;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks certificates beside the event loop, because files and OCSP responders may be slow, and
 * answers on it, once and within a limit. No answer is an answer too: a refusal.
 */
final class CertificateChecks implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(30);

  private static final int THREADS = 4;
  private static final Logger LOG = LoggerFactory.getLogger(CertificateChecks.class);

  private final EventLoop loop;
  private final AgentClock clock;
  private final Duration limit;
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          10,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          new DefaultThreadFactory("gkm-certificates", true));

  CertificateChecks(EventLoop loop, AgentClock clock, Duration limit) {
    this.loop = loop;
    this.clock = clock;
    this.limit = limit;
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Begins a check; on the event loop.
   *
   * @param verifier absent when no certificates are expected, which is a refusal
   * @param answer gets why they are not trusted, or nothing; called on the event loop
   */
  void begin(
      Optional<CertificateVerifier> verifier,
      CertificateCheck check,
      Consumer<Optional<String>> answer) {
    if (verifier.isEmpty()) {
      answer.accept(Optional.of("no trust anchor is configured for it"));
      return;
    }
    Once once = new Once(answer);
    Future<?> work =
        threads.submit(
            () -> {
              Optional<String> refusal = verify(verifier.get(), check);
              loop.execute(() -> once.answer(refusal));
            });
    once.timeout =
        loop.schedule(
            () -> {
              work.cancel(true);
              once.answer(
                  Optional.of(
                      "its certificates could not be checked within "
                          + limit.toSeconds()
                          + " s; is the OCSP responder reachable?"));
            },
            limit.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private Optional<String> verify(CertificateVerifier verifier, CertificateCheck check) {
    try {
      return verifier.refusal(check, clock.wallClock());
    } catch (RuntimeException e) {
      // A defect, ours or of the JDK's validator, must not become trust.
      LOG.error("gkm: a defect in checking the certificates of {}", check.peer(), e);
      return Optional.of("its certificates could not be checked");
    }
  }

  /** On the event loop only. */
  private static final class Once {
    private final Consumer<Optional<String>> answer;
    private Future<?> timeout;
    private boolean answered;

    private Once(Consumer<Optional<String>> answer) {
      this.answer = answer;
    }

    private void answer(Optional<String> refusal) {
      if (!answered) {
        answered = true;
        timeout.cancel(false);
        answer.accept(refusal);
      }
    }
  }

  /** Drops what is under way. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
