package io.gkm.agent;

import io.gkm.group.MemberEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the members' events to the log, one line each. */
final class EventLog {
  private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);

  void write(MemberEvent event) {
    switch (event.level()) {
      case DEBUG -> LOG.debug("gkm: {}", event.text());
      case INFO -> LOG.info("gkm: {}", event.text());
      case WARNING -> LOG.warn("gkm: {}", event.text());
      case ERROR -> LOG.error("gkm: {}", event.text());
    }
  }
}
