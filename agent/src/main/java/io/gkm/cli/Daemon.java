package io.gkm.cli;

import io.gkm.agent.Agent;
import io.gkm.agent.ExitStatus;
import io.gkm.agent.Signals;
import io.gkm.agent.StartException;
import io.gkm.agent.config.ConfigProblem;
import io.gkm.agent.config.Configuration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of the daemon's process: start, wait for a signal, stop. */
final class Daemon {
  private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

  private final Configuration configuration;
  private final Agent agent;

  Daemon(Configuration configuration, Agent agent) {
    this.configuration = configuration;
    this.agent = agent;
  }

  ExitStatus run() {
    for (ConfigProblem warning : configuration.warnings()) {
      LOG.warn("gkm: {}", warning.text(configuration.file().toString()));
    }
    CountDownLatch asked = new CountDownLatch(1);
    // Signals during the start wait until it is done: it must not end half-way.
    Signals.handle(
        List.of("TERM", "INT"),
        () -> {
          if (asked.getCount() == 0) {
            agent.hurry();
          }
          asked.countDown();
        });
    try {
      agent.start();
      asked.await();
      LOG.info("gkm: asked to stop: leaves the groups and removes what it installed");
      ExitStatus status = agent.stop();
      LOG.info("gkm: stopped");
      return status;
    } catch (StartException e) {
      LOG.error("gkm: cannot start: {}", e.getMessage());
      return e.status();
    } catch (InterruptedException e) {
      agent.stop();
      return ExitStatus.UNCLEAN;
    }
  }
}
