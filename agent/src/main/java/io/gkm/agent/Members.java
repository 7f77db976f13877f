package io.gkm.agent;

import io.gkm.agent.config.ControllerConfig;
import io.gkm.agent.pki.CertificateVerifier;
import io.gkm.agent.status.ProblemReport;
import io.gkm.agent.transport.MulticastTransport;
import io.gkm.agent.transport.TransportException;
import io.gkm.agent.transport.UdpTransport;
import io.gkm.group.ControllerMember;
import io.gkm.group.ControllerStatus;
import io.gkm.group.DesiredState;
import io.gkm.group.GroupState;
import io.gkm.group.MemberEvent;
import io.gkm.group.RekeyAddress;
import io.gkm.ike.UdpPath;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All members on the event loop: which datagram is whose, which sockets they need, what they want
 * in the kernel.
 */
final class Members
    implements MemberRunner.Outlet, UdpTransport.Listener, MulticastTransport.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(Members.class);

  /** One member and what the daemon knows about it. */
  private static final class Entry {
    final Set<InetAddress> servers;
    MemberRunner runner;
    Optional<InetAddress> local = Optional.empty();

    Entry(List<InetAddress> servers) {
      this.servers = new HashSet<>(servers);
    }
  }

  private final AgentClock clock;
  private final UdpTransport transport;
  private final MulticastTransport multicast;
  private final CertificateChecks checks;
  private final EventLog log = new EventLog();
  private final PeerProblems peerProblems = new PeerProblems();
  private final Map<MemberRunner, Entry> entries = new LinkedHashMap<>();
  private final Set<MemberRunner> unfinished = new HashSet<>();
  private final CompletableFuture<Void> finished = new CompletableFuture<>();
  private final Runnable desiredStateChanged;

  Members(
      List<ControllerConfig> controllers,
      Function<ControllerConfig, ControllerMember> factory,
      EventLoop loop,
      AgentClock clock,
      Runnable desiredStateChanged) {
    this.clock = clock;
    this.transport = new UdpTransport(loop, this);
    this.multicast = new MulticastTransport(loop, this);
    this.checks = new CertificateChecks(loop, clock, CertificateChecks.LIMIT);
    this.desiredStateChanged = desiredStateChanged;
    for (ControllerConfig config : controllers) {
      // Without groups there is nothing to ask the key server for.
      if (!config.groups().isEmpty()) {
        Entry entry = new Entry(config.addresses());
        entry.runner =
            new MemberRunner(
                factory.apply(config),
                loop,
                clock,
                checks,
                config.auth().trust().map(CertificateVerifier::new),
                this);
        entries.put(entry.runner, entry);
      }
    }
    unfinished.addAll(entries.keySet());
  }

  void start() {
    entries.keySet().forEach(MemberRunner::start);
  }

  /** What the kernel should hold; the caller owns it. */
  DesiredState desired() {
    List<GroupState> groups = new ArrayList<>();
    entries.keySet().forEach(runner -> groups.addAll(runner.desired()));
    return new DesiredState(groups);
  }

  List<ControllerStatus> status() {
    return entries.keySet().stream().map(MemberRunner::status).toList();
  }

  /** What keeps datagrams from this key server. */
  Optional<ProblemReport> sendProblem(InetAddress server) {
    return peerProblems.of(server);
  }

  /** The kernel says so of one SA, of whatever group. */
  void nearlyUsedUp(int protocolId, int spi) {
    List.copyOf(entries.keySet()).forEach(runner -> runner.nearlyUsedUp(protocolId, spi));
  }

  /** Begins to leave all groups. */
  void leave() {
    entries.keySet().forEach(MemberRunner::shutdown);
    completeWhenFinished();
  }

  /** When every key server knows that this host has left, or its time is up. */
  CompletableFuture<Void> finished() {
    return finished;
  }

  void close() {
    checks.close();
    multicast.close();
    transport.close();
  }

  @Override
  public void send(UdpPath path, byte[] datagram) {
    entries.values().stream()
        .filter(entry -> entry.servers.contains(path.remote().getAddress()))
        .forEach(entry -> moveTo(entry, path.local().getAddress()));
    transport.send(path, datagram);
  }

  /** When this host's address has changed, the sockets of the old one are closed. */
  private void moveTo(Entry entry, InetAddress local) {
    Optional<InetAddress> before = entry.local;
    entry.local = Optional.of(local);
    if (before.isPresent() && !before.equals(entry.local)) {
      transport.closeUnused(
          address -> entries.values().stream().anyMatch(e -> e.local.equals(Optional.of(address))));
    }
  }

  @Override
  public void received(UdpPath path, byte[] datagram) {
    InetAddress sender = path.remote().getAddress();
    boolean known = false;
    for (Entry entry : List.copyOf(entries.values())) {
      if (entry.servers.contains(sender)) {
        known = true;
        // Two controllers may share an address: each ignores what is not for its IKE SA.
        entry.runner.receive(path, datagram.clone());
      }
    }
    if (known) {
      peerProblems.answered(sender);
    } else {
      LOG.debug("gkm: datagram from {}, which is no key server of ours; ignored", path.remote());
    }
  }

  @Override
  public void rekeyReceived(UdpPath path, byte[] datagram) {
    for (MemberRunner runner : List.copyOf(entries.keySet())) {
      boolean listens =
          runner.listening().stream().anyMatch(address -> address.group().equals(path.local()));
      if (listens) {
        // Key servers may share an address: each member ignores what is on no Rekey SA of its own.
        runner.receiveRekey(path, datagram.clone());
      }
    }
  }

  @Override
  public void listeningChanged() {
    Set<RekeyAddress> wanted = new HashSet<>();
    entries.keySet().forEach(runner -> wanted.addAll(runner.listening()));
    multicast.listenTo(wanted);
  }

  @Override
  public void sendFailed(UdpPath path, TransportException problem) {
    peerProblems.sendFailed(path.remote().getAddress(), problem.getMessage(), clock.wallClock());
  }

  @Override
  public void desiredStateChanged() {
    desiredStateChanged.run();
  }

  @Override
  public void tell(MemberEvent event) {
    log.write(event);
  }

  @Override
  public void finished(MemberRunner member) {
    unfinished.remove(member);
    completeWhenFinished();
  }

  private void completeWhenFinished() {
    if (unfinished.isEmpty()) {
      finished.complete(null);
    }
  }
}
