package io.gkm.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.ike.CloseReason;
import io.gkm.ike.GroupRequest;
import io.gkm.ike.IkeEffect;
import io.gkm.ike.IkeProposals;
import io.gkm.ike.IkeSettings;
import io.gkm.ike.Moment;
import io.gkm.ike.PreSharedKey;
import io.gkm.ike.RetransmitPolicy;
import io.gkm.ike.UdpPath;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.Identification;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A member under virtual time with scripted key servers; keeps everything it does. */
final class MemberRun {
  /** The clock begins shortly before it wraps around, so that wrapping is always tested too. */
  private static final Moment BEGINNING = new Moment(Long.MAX_VALUE - 5_000_000_000L);

  final ControllerMember member;
  final List<ScriptedSession> sessions = new ArrayList<>();
  final List<MemberEvent> events = new ArrayList<>();
  Moment now = BEGINNING;
  int desiredStateChanges;
  int listeningChanges;
  int sent;
  boolean finished;
  private LocalAddresses local = Groups.LOCAL;

  MemberRun(List<String> servers, GroupSettings... groups) {
    member =
        new ControllerMember(
            "hq",
            servers.stream().map(MemberRun::server).toList(),
            Arrays.asList(groups),
            new LocalAddresses() {
              @Override
              public java.util.Set<InetAddress> of(String interfaceName) {
                return local.of(interfaceName);
              }

              @Override
              public java.util.Optional<InetAddress> toward(InetAddress server, int port) {
                return local.toward(server, port);
              }
            },
            seeded(),
            MemberTimings.standard(),
            (settings, first) -> {
              ScriptedSession session = new ScriptedSession(settings, first);
              sessions.add(session);
              return session;
            });
  }

  /** One key server address. */
  static MemberRun of(GroupSettings... groups) {
    return new MemberRun(List.of("192.0.2.1"), groups);
  }

  private static IkeSettings server(String address) {
    return new IkeSettings(
        Groups.OURS,
        AddressText.parse(address).orElseThrow(),
        500,
        Identification.parse("fqdn:gm1.example"),
        Identification.parse("fqdn:gcks.example"),
        new PreSharedKey(Secret.copyOf(new byte[] {1, 2, 3})),
        IkeProposals.standard(),
        RetransmitPolicy.STANDARD);
  }

  /** Deterministic: the same numbers in every run. */
  static SecureRandom seeded() {
    return new SecureRandom() {
      private static final long serialVersionUID = 1L;
      private long state = 42;

      @Override
      public int nextInt(int bound) {
        state = state * 6364136223846793005L + 1442695040888963407L;
        return (int) Math.floorMod(state >>> 33, (long) bound);
      }
    };
  }

  void local(LocalAddresses addresses) {
    local = addresses;
  }

  MemberRun start() {
    perform(member.start(now));
    return this;
  }

  ScriptedSession session() {
    return sessions.get(sessions.size() - 1);
  }

  /** The key server of the newest IKE SA says these things in one datagram. */
  void hears(IkeEffect... effects) {
    session().says(effects);
    perform(
        member.receive(
            now, UdpPath.of(Groups.OURS, session().settings.remoteAddress(), 500), new byte[0]));
  }

  /** The key server authenticates and accepts the first group. */
  void accepted(GroupSettings group, TestSa... sas) {
    hears(new IkeEffect.Established(session().info()), registered(group, TestAnswer.of(sas)));
  }

  static IkeEffect registered(GroupSettings group, TestAnswer answer) {
    return new IkeEffect.Registered(group.id(), answer.build());
  }

  static IkeEffect closed(CloseReason reason) {
    return new IkeEffect.Closed(reason, "");
  }

  void shutdown() {
    perform(member.shutdown(now));
  }

  /** Runs to {@code duration} from now, ticking at each deadline. */
  void pass(Duration duration) {
    Moment end = now.plus(duration);
    int ticks = 0;
    while (member.deadline().isPresent() && !end.isBefore(member.deadline().get())) {
      if (now.isBefore(member.deadline().get())) {
        now = member.deadline().get();
      }
      perform(member.tick(now));
      assertThat(++ticks).as("ticks without end").isLessThan(1000);
    }
    now = end;
  }

  /** Runs to the next deadline; how long that took. */
  Duration passToDeadline() {
    Moment before = now;
    now = member.deadline().orElseThrow();
    perform(member.tick(now));
    return before.until(now);
  }

  private void perform(List<MemberEffect> effects) {
    for (MemberEffect effect : effects) {
      if (effect instanceof MemberEffect.Event event) {
        events.add(event.event());
      } else if (effect instanceof MemberEffect.DesiredStateChanged) {
        desiredStateChanges++;
      } else if (effect instanceof MemberEffect.ListeningChanged) {
        listeningChanges++;
      } else if (effect instanceof MemberEffect.Send) {
        sent++;
      } else {
        finished = true;
      }
    }
  }

  /** A GSA_REKEY datagram arrives from the key server. */
  void rekey(byte[] datagram) {
    rekey(TestRekey.path(), datagram);
  }

  void rekey(UdpPath path, byte[] datagram) {
    perform(member.receiveRekey(now, path, datagram));
  }

  /** SPIs of the SAs to send with now. */
  List<String> sending() {
    List<String> spis = new ArrayList<>();
    for (GroupState group : member.desired()) {
      group.dataSas().stream().filter(DataSa::sending).forEach(sa -> spis.add(sa.spiText()));
    }
    return spis;
  }

  /** SPIs that should be in the kernel, over all groups. */
  List<String> spis() {
    List<String> spis = new ArrayList<>();
    for (GroupState group : member.desired()) {
      group.dataSas().forEach(sa -> spis.add(sa.spiText()));
    }
    return spis;
  }

  GroupStatus group(int index) {
    return member.status(now).groups().get(index);
  }

  List<MemberEvent.Kind> kinds() {
    return events.stream().map(MemberEvent::kind).toList();
  }

  MemberEvent lastEvent() {
    return events.get(events.size() - 1);
  }

  GroupRequest lastRequest() {
    return session().requests.get(session().requests.size() - 1);
  }
}
