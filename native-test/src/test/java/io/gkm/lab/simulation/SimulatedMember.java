package io.gkm.lab.simulation;

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
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.Identification;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One host of the simulation: a member that may be restarted, and what it holds. */
final class SimulatedMember {
  /** One data SA as it should be in this host's kernel. */
  record Held(
      String spi,
      String key,
      boolean counterMode,
      boolean inbound,
      boolean outbound,
      boolean sending,
      String source,
      String destination) {}

  final String name;
  final int host;
  final InetAddress address;
  final GroupSettings group;
  final List<MemberEvent> events = new ArrayList<>();
  private final InetAddress server;
  private Optional<ControllerMember> running = Optional.empty();

  SimulatedMember(int host, InetAddress address, InetAddress server, Role role, String allow) {
    this.host = host;
    this.name = "gm" + host;
    this.address = address;
    this.server = server;
    this.group =
        new GroupSettings(
            "video",
            Identification.parse("key-id:video"),
            role,
            "eth0",
            List.of(Flow.parse(allow)));
  }

  boolean isRunning() {
    return running.isPresent();
  }

  ControllerMember member() {
    return running.orElseThrow();
  }

  /** A new process: nothing of an earlier one is left. */
  List<MemberEffect> start(Moment now, SecureRandom random) {
    ControllerMember member =
        new ControllerMember(
            "hq",
            List.of(
                new IkeSettings(
                    address,
                    server,
                    500,
                    Identification.parse("fqdn:" + name + ".example"),
                    Identification.parse("fqdn:gcks.example"),
                    new PreSharedKey(Secret.copyOf("a secret".getBytes(StandardCharsets.US_ASCII))),
                    IkeProposals.standard(),
                    RetransmitPolicy.STANDARD)),
            List.of(group),
            interfaceName -> Set.of(address),
            random);
    running = Optional.of(member);
    return member.start(now);
  }

  /** The process is gone, without a word to anybody. */
  void kill() {
    running = Optional.empty();
  }

  Optional<Moment> deadline() {
    return running.flatMap(ControllerMember::deadline);
  }

  boolean listensTo(InetSocketAddress multicast) {
    return running.isPresent()
        && running.get().listening().stream().anyMatch(a -> a.group().equals(multicast));
  }

  /** What should be in its kernel now. */
  List<Held> held() {
    List<Held> held = new ArrayList<>();
    if (running.isEmpty()) {
      return held;
    }
    for (GroupState state : running.get().desired()) {
      try (state) {
        state.dataSas().forEach(sa -> held.add(held(sa)));
      }
    }
    return held;
  }

  private static Held held(DataSa sa) {
    return new Held(
        sa.spiText().substring(2),
        HexFormat.of().formatHex(sa.keys().encryption().bytes()),
        sa.suite().counterMode(),
        sa.inbound(),
        sa.outbound(),
        sa.sending(),
        sa.source().toString(),
        sa.destination().startInetAddress().getHostAddress());
  }
}
