package io.gkm.lab.controller;

import io.gkm.group.ControllerMember;
import io.gkm.group.DataSa;
import io.gkm.group.Flow;
import io.gkm.group.GroupSettings;
import io.gkm.group.GroupState;
import io.gkm.group.MemberEffect;
import io.gkm.group.MemberEvent;
import io.gkm.group.Role;
import io.gkm.ike.IkeProposals;
import io.gkm.ike.IkeSettings;
import io.gkm.ike.Moment;
import io.gkm.ike.PreSharedKey;
import io.gkm.ike.RetransmitPolicy;
import io.gkm.ike.UdpPath;
import io.gkm.ike.crypto.DataTransform;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.Identification;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.TrafficSelector;
import io.gkm.ike.wire.Transform;
import io.gkm.lab.SeededRandom;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A real member and the lab key server in one thread under virtual time, with a network between
 * them that loses, doubles and reorders datagrams as the seed says.
 */
final class MemberNetwork {
  static final InetAddress MEMBER = address("192.0.2.10");
  static final InetAddress SERVER = address("192.0.2.1");

  private record InFlight(Moment arrives, long order, boolean toServer, UdpPath path, Octets octets)
      implements Comparable<InFlight> {
    @Override
    public int compareTo(InFlight other) {
      int byTime = arrives.compareTo(other.arrives);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  final List<String> serverLog = new ArrayList<>();
  final List<MemberEvent> events = new ArrayList<>();
  final ControllerMember member;
  Moment now = new Moment(0);
  boolean finished;
  private final Random random;
  private final double loss;
  private final ControllerSettings settings;
  private final PriorityQueue<InFlight> inFlight = new PriorityQueue<>();
  private KeyServer server;
  private long order;

  MemberNetwork(long seed, double loss, String memberPsk, List<GroupSettings> groups) {
    this.random = new Random(seed);
    this.loss = loss;
    this.settings =
        new ControllerSettings(
            SERVER,
            List.of(500, 4500),
            Identification.parse("fqdn:gcks.example"),
            seed % 2 == 1,
            OptionalInt.empty(),
            List.of(
                new ControllerSettings.Member(
                    "gm1",
                    Identification.parse("fqdn:gm1.example"),
                    secret("right"),
                    List.of("video", "audio"))),
            List.of(
                served("video", "239.1.1.1", 5000, cbc()),
                served("audio", "239.1.1.2", 6000, gcm())));
    restartServer();
    this.member =
        new ControllerMember(
            "hq",
            List.of(
                new IkeSettings(
                    MEMBER,
                    SERVER,
                    500,
                    Identification.parse("fqdn:gm1.example"),
                    Identification.parse("fqdn:gcks.example"),
                    new PreSharedKey(secret(memberPsk)),
                    IkeProposals.standard(),
                    RetransmitPolicy.STANDARD)),
            groups,
            name -> Set.of(MEMBER),
            new SeededRandom(random.nextLong()));
  }

  /** The key server loses its memory: IKE SAs and keys. */
  void restartServer() {
    server = new KeyServer(settings, new SeededRandom(random.nextLong()), serverLog::add);
  }

  static GroupSettings group(String name, Role role, String allow) {
    return new GroupSettings(
        name, Identification.parse("key-id:" + name), role, "eth0", List.of(Flow.parse(allow)));
  }

  private static ControllerSettings.Group served(
      String name, String group, int port, List<Transform> algorithms) {
    ControllerSettings.DataSa sa =
        new ControllerSettings.DataSa(
            TrafficSelector.any(false, 17),
            TrafficSelector.single(address(group), 17, port, port),
            Optional.of(algorithms.get(0)),
            algorithms.stream().skip(1).findFirst(),
            2,
            Optional.empty());
    return new ControllerSettings.Group(
        name,
        Identification.parse("key-id:" + name),
        Duration.ofSeconds(1000),
        true,
        8,
        OptionalInt.empty(),
        OptionalInt.empty(),
        false,
        List.of(sa),
        Optional.empty(),
        false);
  }

  private static List<Transform> cbc() {
    return List.of(Transform.of(1, 12, 256), Transform.of(3, 12));
  }

  private static List<Transform> gcm() {
    return List.of(Transform.of(1, 20, 128));
  }

  void start() {
    perform(member.start(now));
  }

  void shutdown() {
    perform(member.shutdown(now));
  }

  /** Runs for this long. */
  void pass(Duration duration) {
    Moment end = now.plus(duration);
    while (true) {
      Optional<Moment> next = next();
      if (next.isEmpty() || end.isBefore(next.get())) {
        now = end;
        return;
      }
      now = next.get().isBefore(now) ? now : next.get();
      step();
    }
  }

  private Optional<Moment> next() {
    Optional<Moment> arrival = Optional.ofNullable(inFlight.peek()).map(InFlight::arrives);
    Optional<Moment> deadline = earlier(member.deadline(), server.deadline());
    if (arrival.isEmpty() || deadline.isEmpty()) {
      return arrival.or(() -> deadline);
    }
    return arrival.get().isBefore(deadline.get()) ? arrival : deadline;
  }

  private static Optional<Moment> earlier(Optional<Moment> a, Optional<Moment> b) {
    return Stream.concat(a.stream(), b.stream()).min(Moment::compareTo);
  }

  private void step() {
    InFlight first = inFlight.peek();
    if (first == null || now.isBefore(first.arrives())) {
      perform(member.tick(now));
      fromServer(server.tick(now));
      return;
    }
    inFlight.remove();
    if (first.toServer()) {
      for (Datagram answer : server.receive(now, first.path(), first.octets().toByteArray())) {
        send(false, reverse(answer.path()), answer.octets());
      }
    } else {
      perform(member.receive(now, first.path(), first.octets().toByteArray()));
    }
  }

  /** Sends what the key server wants sent. */
  void fromServer(List<Datagram> datagrams) {
    datagrams.forEach(datagram -> send(false, reverse(datagram.path()), datagram.octets()));
  }

  private void perform(List<MemberEffect> effects) {
    for (MemberEffect effect : effects) {
      if (effect instanceof MemberEffect.Send send) {
        send(true, reverse(send.path()), Octets.of(send.datagram()));
      } else if (effect instanceof MemberEffect.Event event) {
        events.add(event.event());
      } else if (effect instanceof MemberEffect.Finished) {
        finished = true;
      }
    }
  }

  private void send(boolean toServer, UdpPath receivers, Octets octets) {
    int copies = random.nextDouble() < loss ? 0 : random.nextDouble() < loss ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      // Without loss everything takes one millisecond; with it, later ones overtake.
      int millis = loss == 0 ? 1 : 1 + random.nextInt(1500);
      inFlight.add(
          new InFlight(now.plus(Duration.ofMillis(millis)), order++, toServer, receivers, octets));
    }
  }

  private static UdpPath reverse(UdpPath path) {
    return new UdpPath(path.remote(), path.local());
  }

  /** What the kernel should hold, in the form the key server tells what it handed out. */
  List<HandedOut> held() {
    List<HandedOut> held = new ArrayList<>();
    HexFormat hex = HexFormat.of();
    for (GroupState group : member.desired()) {
      for (DataSa sa : group.dataSas()) {
        held.add(
            new HandedOut(
                group.name(),
                sa.spiText().substring(2),
                sa.destination().startInetAddress().getHostAddress(),
                sa.suite().encryption().map(DataTransform::kernelName).orElse(""),
                hex.formatHex(sa.keys().encryption().bytes()),
                sa.suite().integrity().map(DataTransform::kernelName).orElse(""),
                hex.formatHex(sa.keys().integrity().bytes())));
      }
      group.close();
    }
    return held;
  }

  KeyServer server() {
    return server;
  }

  private static Secret secret(String text) {
    return Secret.copyOf(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
