package io.gkm.lab.controller;

import io.gkm.group.AddressText;
import io.gkm.group.ControllerMember;
import io.gkm.group.DesiredState;
import io.gkm.group.Flow;
import io.gkm.group.GroupSettings;
import io.gkm.group.MemberEffect;
import io.gkm.group.Role;
import io.gkm.ike.IkeProposals;
import io.gkm.ike.IkeSettings;
import io.gkm.ike.Moment;
import io.gkm.ike.PreSharedKey;
import io.gkm.ike.RetransmitPolicy;
import io.gkm.ike.UdpPath;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.Identification;
import io.gkm.ike.wire.KwaId;
import io.gkm.ike.wire.TrafficSelector;
import io.gkm.ike.wire.Transform;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How long a member takes from the octets of a GSA_REKEY to the state that the kernel should have
 * then, beside the cryptography of the same message alone ({@link RekeyFloor}).
 *
 * <p>More than some 480 data SAs do not fit into one message, so 1,000 are three groups with a
 * message each. No test: it lives here with what drives the lab key server in memory.
 */
public final class RekeyBench {
  private static final int WARM_UP = 300;
  private static final int COUNT = 300;
  private static final InetAddress MEMBER = address("10.9.0.2");
  private static final InetAddress SERVER = address("10.9.0.1");
  private static final InetAddress DATA = address("239.1.1.1");

  private final SecureRandom random = new SecureRandom();
  private final List<String> groups;
  private final int sas;
  private final Optional<SigningKey.Kind> signature;
  private final KeyServer server;
  private final ControllerMember member;
  private Moment now = new Moment(0);

  private RekeyBench(int groups, int sas, Optional<SigningKey.Kind> signature) {
    this.groups = IntStream.range(0, groups).mapToObj(i -> "g" + i).toList();
    this.sas = sas;
    this.signature = signature;
    Secret psk = Secret.copyOf("a pre-shared key".getBytes(StandardCharsets.US_ASCII));
    Identification gm = Identification.parse("fqdn:gm1.example");
    Identification gcks = Identification.parse("fqdn:gcks.example");
    this.server =
        new KeyServer(
            new ControllerSettings(
                SERVER,
                List.of(500),
                gcks,
                false,
                OptionalInt.empty(),
                List.of(new ControllerSettings.Member("gm1", gm, psk, this.groups)),
                this.groups.stream().map(this::served).toList()),
            random,
            line -> {});
    this.member =
        new ControllerMember(
            "hq",
            List.of(
                new IkeSettings(
                    MEMBER,
                    SERVER,
                    500,
                    gm,
                    gcks,
                    new PreSharedKey(psk),
                    IkeProposals.standard(),
                    RetransmitPolicy.STANDARD)),
            this.groups.stream().map(RekeyBench::settings).toList(),
            name -> Set.of(MEMBER),
            random);
  }

  private static int number(String group) {
    return Integer.parseInt(group.substring(1));
  }

  private static GroupSettings settings(String name) {
    Flow flow = Flow.parse("10." + number(name) + ".0.0/16 -> 239.1.1.1/32 udp");
    return new GroupSettings(
        name, Identification.parse("key-id:" + name), Role.RECEIVER, "eth0", List.of(flow));
  }

  private ControllerSettings.Group served(String name) {
    byte[] from = {10, (byte) number(name), 0, 1};
    List<ControllerSettings.DataSa> all = new ArrayList<>();
    for (int i = 0; i < sas; i++) {
      all.add(
          new ControllerSettings.DataSa(
              TrafficSelector.single(AddressText.address(from), 17, 0, 65535),
              TrafficSelector.single(DATA, 17, 5000 + i, 5000 + i),
              Optional.of(Transform.of(1, 20, 256)),
              Optional.empty(),
              0,
              Optional.empty()));
    }
    RekeySettings rekey =
        new RekeySettings(
            new InetSocketAddress(address("239.255.0.1"), 848),
            848,
            Transform.of(1, 20, 256),
            Optional.empty(),
            KwaId.KW_5649_256,
            signature,
            Duration.ofDays(20),
            Duration.ofDays(2),
            1,
            Duration.ofSeconds(1),
            OptionalInt.empty(),
            false,
            65535);
    return new ControllerSettings.Group(
        name,
        Identification.parse("key-id:" + name),
        Duration.ofDays(10),
        true,
        8,
        OptionalInt.empty(),
        OptionalInt.empty(),
        false,
        all,
        Optional.of(rekey),
        false);
  }

  private void register() {
    Deque<MemberEffect> effects = new ArrayDeque<>(member.start(now));
    while (!effects.isEmpty()) {
      if (effects.remove() instanceof MemberEffect.Send send) {
        UdpPath there = new UdpPath(send.path().remote(), send.path().local());
        for (Datagram answer : server.receive(now, there, send.datagram())) {
          effects.addAll(member.receive(now, send.path(), answer.octets().toByteArray()));
        }
      }
    }
    requireSas();
  }

  private void requireSas() {
    try (DesiredState state = new DesiredState(member.desired())) {
      int there = state.groups().stream().mapToInt(g -> g.dataSas().size()).sum();
      if (there != sas * groups.size()) {
        throw new IllegalStateException(there + " data SAs");
      }
    }
  }

  private void run(String name) throws Exception {
    register();
    List<Long> ours = new ArrayList<>();
    List<Long> floor = new ArrayList<>();
    RekeyFloor reference = new RekeyFloor(signature, random);
    int octets = 0;
    for (int i = 0; i < WARM_UP + COUNT; i++) {
      now = now.plus(Duration.ofMillis(500));
      member.tick(now);
      requireSas();
      List<Datagram> messages = new ArrayList<>();
      for (String group : groups) {
        messages.addAll(server.rekey(now, group));
      }
      octets = messages.stream().mapToInt(m -> m.octets().size()).sum();
      long start = System.nanoTime();
      for (Datagram message : messages) {
        UdpPath path = new UdpPath(message.path().remote(), message.path().local());
        member.receiveRekey(now, path, message.octets().toByteArray());
      }
      List<?> desired = member.desired();
      long took = System.nanoTime() - start;
      new DesiredState(member.desired()).close();
      reference.prepare(groups.size(), octets / groups.size(), sas);
      long floorStart = System.nanoTime();
      reference.run();
      long floorTook = System.nanoTime() - floorStart;
      if (desired.size() != groups.size()) {
        throw new IllegalStateException("a group is gone");
      }
      if (i >= WARM_UP) {
        ours.add(took);
        floor.add(floorTook);
      }
    }
    double mine = micros(ours, 0.5);
    double theirs = micros(floor, 0.5);
    say(
        "  %-24s %7d octets  p50 %8.0f us  p99 %8.0f us  cryptography alone p50 %8.0f us",
        name, octets, mine, micros(ours, 0.99), theirs);
    say("figure rekey-%s-p50 %.0f us", name, mine);
    say("figure rekey-%s-p99 %.0f us", name, micros(ours, 0.99));
    say("ratio rekey-%s %.2f vs cryptography-alone", name, theirs / mine);
  }

  private static double micros(List<Long> nanos, double part) {
    List<Long> sorted = nanos.stream().sorted().toList();
    return sorted.get((int) Math.min(sorted.size() - 1, sorted.size() * part)) / 1000.0;
  }

  private static void say(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }

  private static InetAddress address(String text) {
    return AddressText.parse(text).orElseThrow();
  }

  /** All of them. */
  public static void main(String[] args) throws Exception {
    record Case(String name, Optional<SigningKey.Kind> kind) {}
    List<Case> cases =
        List.of(
            new Case("implicit", Optional.empty()),
            new Case("ed25519", Optional.of(SigningKey.Kind.ED25519)),
            new Case("ecdsa-p256", Optional.of(SigningKey.Kind.ECDSA_P256)),
            new Case("rsa", Optional.of(SigningKey.Kind.RSA_PSS)));
    for (Case each : cases) {
      new RekeyBench(1, 1, each.kind()).run(each.name() + "-1");
      new RekeyBench(3, 334, each.kind()).run(each.name() + "-1002");
    }
  }
}
