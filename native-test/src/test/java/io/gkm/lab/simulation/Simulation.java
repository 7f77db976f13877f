package io.gkm.lab.simulation;

import io.gkm.group.MemberEffect;
import io.gkm.group.Role;
import io.gkm.ike.Moment;
import io.gkm.ike.UdpPath;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.Identification;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.TrafficSelector;
import io.gkm.ike.wire.Transform;
import io.gkm.lab.SeededRandom;
import io.gkm.lab.controller.ControllerSettings;
import io.gkm.lab.controller.Datagram;
import io.gkm.lab.controller.HandedOut;
import io.gkm.lab.controller.KeyServer;
import io.gkm.lab.controller.RekeySettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Members and a key server in one thread under virtual time, with a network and with faults that
 * the seed chooses. After each event the invariants are checked; a broken one throws {@link
 * AssertionError} with the seed.
 */
final class Simulation {
  static final Duration LIFETIME = Duration.ofSeconds(1000);
  static final int ATD = 10;
  static final int DTD = 20;

  private static final List<Role> ROLES = List.of(Role.SENDER, Role.RECEIVER, Role.BOTH);
  private static final int SERVER_HOST = 0;
  private static final InetSocketAddress MULTICAST =
      new InetSocketAddress(address("239.255.0.1"), 848);
  private static final String ALLOW = "0.0.0.0/0 -> 239.1.1.1/32 udp/5000";

  final long seed;
  final Random random;
  final Network network;
  final List<SimulatedMember> members = new ArrayList<>();
  final Set<String> excluded = new HashSet<>();

  /** Those who may still wait long after refusals, although the key server has forgotten why. */
  final Set<String> everExcluded = new HashSet<>();

  private final Consumer<String> trace;
  private final ControllerSettings settings;
  private final Invariants invariants;
  private KeyServer server;
  private Moment now = new Moment(0);

  Simulation(long seed, Consumer<String> trace) {
    this.seed = seed;
    this.trace = trace;
    this.random = new Random(seed);
    this.network = new Network(random);
    int count = 2 + random.nextInt(3);
    for (int i = 1; i <= count; i++) {
      Role role = ROLES.get(random.nextInt(ROLES.size()));
      members.add(
          new SimulatedMember(
              i, address("192.0.2." + (10 + i)), address("192.0.2.1"), role, ALLOW));
    }
    this.settings = settings();
    this.server =
        new KeyServer(settings, new SeededRandom(random.nextLong()), line -> say("gcks: " + line));
    this.invariants = new Invariants(this);
  }

  private ControllerSettings settings() {
    boolean tree = random.nextBoolean();
    boolean counterMode = random.nextBoolean();
    boolean multicast = random.nextInt(5) > 0;
    RekeySettings rekey =
        new RekeySettings(
            MULTICAST,
            848,
            Transform.of(1, 20, 256),
            Optional.empty(),
            3,
            random.nextInt(4) == 0
                ? Optional.of(io.gkm.lab.controller.SigningKey.Kind.ED25519)
                : Optional.empty(),
            Duration.ofSeconds(3000),
            Duration.ofMinutes(10),
            3,
            Duration.ofSeconds(1),
            tree ? OptionalInt.of(3) : OptionalInt.empty(),
            random.nextBoolean(),
            random.nextInt(3) == 0 ? 200 : 65535);
    ControllerSettings.DataSa sa =
        new ControllerSettings.DataSa(
            TrafficSelector.any(false, 17),
            TrafficSelector.single(address("239.1.1.1"), 17, 5000, 5000),
            Optional.of(counterMode ? Transform.of(1, 20, 128) : Transform.of(1, 12, 256)),
            counterMode ? Optional.empty() : Optional.of(Transform.of(3, 12)),
            2,
            Optional.empty());
    ControllerSettings.Group group =
        new ControllerSettings.Group(
            "video",
            Identification.parse("key-id:video"),
            LIFETIME,
            true,
            16,
            OptionalInt.of(ATD),
            OptionalInt.of(DTD),
            false,
            List.of(sa),
            multicast ? Optional.of(rekey) : Optional.empty(),
            !multicast && random.nextBoolean());
    return new ControllerSettings(
        address("192.0.2.1"),
        List.of(500, 848, 4500),
        Identification.parse("fqdn:gcks.example"),
        random.nextInt(4) == 0,
        OptionalInt.empty(),
        members.stream()
            .map(
                m ->
                    new ControllerSettings.Member(
                        m.name,
                        Identification.parse("fqdn:" + m.name + ".example"),
                        Secret.copyOf("a secret".getBytes(StandardCharsets.US_ASCII)),
                        List.of("video")))
            .toList(),
        List.of(group));
  }

  /** Whether by multicast. */
  boolean isRekeyed() {
    return settings.groups().get(0).rekey().isPresent();
  }

  Moment now() {
    return now;
  }

  void say(String line) {
    trace.accept("%10.3f %s".formatted(now.nanos() / 1e9, line));
  }

  void startAll() {
    members.forEach(this::start);
  }

  void start(SimulatedMember member) {
    say(member.name + " starts");
    perform(member, member.start(now, new SeededRandom(random.nextLong())));
  }

  /** Power off and on. */
  void restart(SimulatedMember member) {
    say(member.name + " is killed");
    member.kill();
    start(member);
  }

  /** The key server forgets everything: IKE SAs, keys, Rekey SAs. */
  void restartServer() {
    say("gcks restarts");
    excluded.clear();
    invariants.nobodyIsExcluded();
    server =
        new KeyServer(settings, new SeededRandom(random.nextLong()), line -> say("gcks: " + line));
  }

  /** Rekeys at once, if anybody has registered since the key server started. */
  void rekeyIfStarted() throws CryptoException {
    if (server.hasMembers("video")) {
      deliver(server.rekey(now, "video"));
    }
  }

  void exclude(SimulatedMember member) throws CryptoException {
    excluded.add(member.name);
    everExcluded.add(member.name);
    deliver(server.exclude(now, "video", member.name));
  }

  /** Ends the group for all, if anybody has registered since the key server started. */
  void endGroupIfStarted() throws CryptoException {
    if (server.hasMembers("video")) {
      deliver(server.endGroup(now, "video"));
    }
  }

  /** The key server's keys that registrations get now. */
  List<HandedOut> handedOut() throws CryptoException {
    return server.handedOut(now);
  }

  /** All hosts sleep for this long; what was on its way is lost. */
  void jump(Duration duration) {
    say("sleeps for " + duration);
    network.loseAll();
    now = now.plus(duration);
    // Kernels drop what has expired by themselves; here timers run first.
    for (SimulatedMember member : members) {
      if (isDue(member.deadline())) {
        perform(member, member.member().tick(now));
      }
    }
  }

  /** Runs for this long. */
  void pass(Duration duration) throws CryptoException {
    Moment end = now.plus(duration);
    while (true) {
      Optional<Moment> next = next();
      if (next.isEmpty() || end.isBefore(next.get())) {
        now = end.isBefore(now) ? now : end;
        return;
      }
      now = next.get().isBefore(now) ? now : next.get();
      step();
      invariants.check();
    }
  }

  private Optional<Moment> next() {
    List<Moment> moments = new ArrayList<>();
    network.next().ifPresent(moments::add);
    server.deadline().ifPresent(moments::add);
    members.forEach(member -> member.deadline().ifPresent(moments::add));
    return moments.stream().min(Moment::compareTo);
  }

  private void step() {
    Optional<Network.InFlight> arrived = network.take(now);
    if (arrived.isPresent()) {
      arrive(arrived.get());
      return;
    }
    if (isDue(server.deadline())) {
      deliver(server.tick(now));
    }
    for (SimulatedMember member : members) {
      if (isDue(member.deadline())) {
        perform(member, member.member().tick(now));
      }
    }
  }

  private boolean isDue(Optional<Moment> deadline) {
    return deadline.isPresent() && !now.isBefore(deadline.get());
  }

  private void arrive(Network.InFlight datagram) {
    byte[] octets = datagram.octets().toByteArray();
    if (datagram.to() == SERVER_HOST) {
      deliver(server.receive(now, datagram.path(), octets));
      return;
    }
    SimulatedMember member = members.get(datagram.to() - 1);
    if (!member.isRunning()) {
      return;
    }
    perform(
        member,
        datagram.multicast()
            ? member.member().receiveRekey(now, datagram.path(), octets)
            : member.member().receive(now, datagram.path(), octets));
  }

  /** What the key server sends. */
  private void deliver(List<Datagram> datagrams) {
    for (Datagram datagram : datagrams) {
      InetSocketAddress to = datagram.path().remote();
      UdpPath seen = new UdpPath(to, datagram.path().local());
      boolean multicast = to.getAddress().isMulticastAddress();
      for (SimulatedMember member : members) {
        if (multicast ? member.listensTo(to) : member.address.equals(to.getAddress())) {
          network.send(now, SERVER_HOST, member.host, multicast, seen, datagram.octets());
        }
      }
    }
  }

  private void perform(SimulatedMember member, List<MemberEffect> effects) {
    for (MemberEffect effect : effects) {
      if (effect instanceof MemberEffect.Send send) {
        UdpPath seen = new UdpPath(send.path().remote(), send.path().local());
        network.send(now, member.host, SERVER_HOST, false, seen, Octets.of(send.datagram()));
      } else if (effect instanceof MemberEffect.Event event) {
        say(member.name + ": " + event.event().text());
      } else if (effect instanceof MemberEffect.Finished) {
        say(member.name + " has left");
      }
    }
  }

  static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
