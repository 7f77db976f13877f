package io.gkm.agent;

import io.gkm.agent.status.ProblemReport;
import java.net.InetAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keeps datagrams from key servers, by the key server's address. The same problem comes with
 * every retransmission; it is logged once, until an answer shows that it is over.
 */
final class PeerProblems {
  private static final Logger LOG = LoggerFactory.getLogger(PeerProblems.class);

  private final Map<InetAddress, ProblemReport> problems = new HashMap<>();

  void sendFailed(InetAddress peer, String text, Instant now) {
    ProblemReport before = problems.put(peer, new ProblemReport(text, now));
    if (before == null || !before.text().equals(text)) {
      LOG.warn("gkm: {}", text);
    }
  }

  void answered(InetAddress peer) {
    if (problems.remove(peer) != null) {
      LOG.info("gkm: {} answers", peer.getHostAddress());
    }
  }

  Optional<ProblemReport> of(InetAddress peer) {
    return Optional.ofNullable(problems.get(peer));
  }
}
