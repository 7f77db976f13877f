package io.gkm.agent;

import io.gkm.agent.pki.CertificateVerifier;
import io.gkm.group.ControllerMember;
import io.gkm.group.ControllerStatus;
import io.gkm.group.GroupState;
import io.gkm.group.MemberEffect;
import io.gkm.group.MemberEvent;
import io.gkm.group.RekeyAddress;
import io.gkm.ike.Moment;
import io.gkm.ike.UdpPath;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drives one {@link ControllerMember} on the event loop: its timer, and where its effects go. */
final class MemberRunner {

  /** Where a member's effects go. */
  interface Outlet {
    void send(UdpPath path, byte[] datagram);

    void desiredStateChanged();

    void listeningChanged();

    void tell(MemberEvent event);

    void finished(MemberRunner member);
  }

  private static final Duration SHORTEST_WAIT = Duration.ofMillis(1);
  private static final Duration AFTER_DEFECT = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(MemberRunner.class);

  private final ControllerMember member;
  private final EventLoop loop;
  private final AgentClock clock;
  private final CertificateChecks checks;
  private final Optional<CertificateVerifier> verifier;
  private final Outlet outlet;
  private Optional<Moment> armedFor = Optional.empty();
  private Future<?> timer;

  /**
   * @param verifier of the key server's certificates, where it has to show some
   */
  MemberRunner(
      ControllerMember member,
      EventLoop loop,
      AgentClock clock,
      CertificateChecks checks,
      Optional<CertificateVerifier> verifier,
      Outlet outlet) {
    this.member = member;
    this.loop = loop;
    this.clock = clock;
    this.checks = checks;
    this.verifier = verifier;
    this.outlet = outlet;
  }

  void start() {
    drive(member::start);
  }

  void receive(UdpPath path, byte[] datagram) {
    drive(now -> member.receive(now, path, datagram));
  }

  void receiveRekey(UdpPath path, byte[] datagram) {
    drive(now -> member.receiveRekey(now, path, datagram));
  }

  Set<RekeyAddress> listening() {
    return member.listening();
  }

  void nearlyUsedUp(int protocolId, int spi) {
    drive(now -> member.nearlyUsedUp(now, protocolId, spi));
  }

  void shutdown() {
    drive(member::shutdown);
  }

  List<GroupState> desired() {
    return member.desired();
  }

  ControllerStatus status() {
    return member.status(clock.now());
  }

  private void tick() {
    armedFor = Optional.empty();
    drive(member::tick);
  }

  private void drive(Function<Moment, List<MemberEffect>> step) {
    List<MemberEffect> effects;
    try {
      effects = step.apply(clock.now());
    } catch (RuntimeException e) {
      // A defect; the other groups and the guards must not suffer from it.
      LOG.error("gkm: a defect in handling {}; going on", member.status(clock.now()).name(), e);
      armTimer(AFTER_DEFECT);
      return;
    }
    armTimer(SHORTEST_WAIT);
    for (MemberEffect effect : effects) {
      perform(effect);
    }
  }

  private void perform(MemberEffect effect) {
    if (effect instanceof MemberEffect.Send send) {
      outlet.send(send.path(), send.datagram());
    } else if (effect instanceof MemberEffect.CheckCertificates asked) {
      checks.begin(
          verifier,
          asked.check(),
          refusal -> drive(now -> member.certificatesChecked(now, asked.check(), refusal)));
    } else if (effect instanceof MemberEffect.DesiredStateChanged) {
      outlet.desiredStateChanged();
    } else if (effect instanceof MemberEffect.ListeningChanged) {
      outlet.listeningChanged();
    } else if (effect instanceof MemberEffect.Event event) {
      outlet.tell(event.event());
    } else if (effect instanceof MemberEffect.Finished) {
      outlet.finished(this);
    }
  }

  private void armTimer(Duration atLeast) {
    Optional<Moment> deadline = member.deadline();
    if (deadline.equals(armedFor)) {
      return;
    }
    if (timer != null) {
      timer.cancel(false);
    }
    armedFor = deadline;
    if (deadline.isPresent()) {
      Duration wait = clock.now().until(deadline.get());
      // A deadline that has passed and stays must not make the loop spin.
      long nanos = Math.max(atLeast.toNanos(), wait.toNanos());
      timer = loop.schedule(this::tick, nanos, TimeUnit.NANOSECONDS);
    }
  }
}
