package io.gkm.lab.controller;

import io.gkm.ike.Authentication;
import io.gkm.ike.CertificateCheck;
import io.gkm.ike.CloseReason;
import io.gkm.ike.GroupRequest;
import io.gkm.ike.IkeEffect;
import io.gkm.ike.IkeOptions;
import io.gkm.ike.IkeProposals;
import io.gkm.ike.IkeSession;
import io.gkm.ike.IkeSettings;
import io.gkm.ike.Moment;
import io.gkm.ike.PreSharedKey;
import io.gkm.ike.RetransmitPolicy;
import io.gkm.ike.UdpPath;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.Identification;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.TrafficSelector;
import io.gkm.ike.wire.Transform;
import io.gkm.lab.SeededRandom;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * An IKE session of a member and the lab key server in one thread under virtual time; datagrams
 * arrive at once and in order, except those the test loses.
 */
final class SessionNetwork {
  private record InFlight(boolean toServer, UdpPath path, Octets octets) {}

  final List<String> serverLog = new ArrayList<>();
  final List<IkeEffect> effects = new ArrayList<>();
  final KeyServer server;
  final IkeSession session;
  Moment now = new Moment(0);

  /** Datagrams for which this holds do not arrive; by octets of the datagram. */
  Predicate<Octets> lost = octets -> false;

  /** Datagrams that were sent, lost ones too. */
  int sent;

  private final Deque<InFlight> inFlight = new ArrayDeque<>();

  /** Why the session does not trust certificates; an absent value leaves the check undone. */
  Function<CertificateCheck, Optional<Optional<String>>> certificates = check -> Optional.empty();

  SessionNetwork(long seed, IkeOptions options, int sas) {
    this(
        seed,
        options,
        sas,
        new PreSharedKey(secret()),
        new ControllerSettings.Member(
            "gm1", Identification.parse("fqdn:gm1.example"), secret(), List.of("video")));
  }

  SessionNetwork(
      long seed,
      IkeOptions options,
      int sas,
      Authentication authentication,
      ControllerSettings.Member member) {
    ControllerSettings settings =
        new ControllerSettings(
            MemberNetwork.SERVER,
            List.of(500, 4500),
            Identification.parse("fqdn:gcks.example"),
            false,
            OptionalInt.empty(),
            List.of(member),
            List.of(group(sas)));
    this.server = new KeyServer(settings, options, new SeededRandom(seed), serverLog::add);
    IkeSettings ike =
        new IkeSettings(
            MemberNetwork.MEMBER,
            MemberNetwork.SERVER,
            500,
            Identification.parse("fqdn:gm1.example"),
            Identification.parse("fqdn:gcks.example"),
            authentication,
            IkeProposals.standard(),
            RetransmitPolicy.STANDARD,
            options);
    this.session = new IkeSession(ike, request(), new SeededRandom(~seed));
  }

  static GroupRequest request() {
    return new GroupRequest(Identification.parse("key-id:video"), Optional.empty(), 1);
  }

  private static ControllerSettings.Group group(int sas) {
    List<ControllerSettings.DataSa> data =
        IntStream.range(0, sas)
            .mapToObj(
                i ->
                    new ControllerSettings.DataSa(
                        TrafficSelector.any(false, 17),
                        TrafficSelector.single(MemberNetwork.SERVER, 17, 5000 + i, 5000 + i),
                        Optional.of(Transform.of(1, 20, 128)),
                        Optional.empty(),
                        2,
                        Optional.empty()))
            .toList();
    return new ControllerSettings.Group(
        "video",
        Identification.parse("key-id:video"),
        Duration.ofSeconds(1000),
        true,
        8,
        OptionalInt.empty(),
        OptionalInt.empty(),
        false,
        data,
        Optional.empty(),
        false);
  }

  private static Secret secret() {
    return Secret.copyOf("right".getBytes(StandardCharsets.US_ASCII));
  }

  void start() {
    perform(session.start(now));
    settle();
  }

  /** Carries out what the session wants; the datagrams are only queued. */
  void perform(List<IkeEffect> wanted) {
    for (IkeEffect effect : wanted) {
      if (effect instanceof IkeEffect.Send send) {
        queue(true, send.path(), Octets.of(send.datagram()));
      } else {
        effects.add(effect);
        if (effect instanceof IkeEffect.CheckCertificates asked) {
          certificates
              .apply(asked.check())
              .ifPresent(no -> perform(session.certificatesChecked(now, asked.check(), no)));
        }
      }
    }
  }

  /** Sends what the server wants sent; the datagrams are only queued. */
  void sendFromServer(List<Datagram> datagrams) {
    datagrams.forEach(d -> queue(false, d.path(), d.octets()));
  }

  private void queue(boolean toServer, UdpPath path, Octets octets) {
    sent++;
    if (!lost.test(octets)) {
      UdpPath seen = new UdpPath(path.remote(), path.local());
      inFlight.add(new InFlight(toServer, seen, octets));
    }
  }

  /** Delivers until nothing is under way. */
  void settle() {
    for (int i = 0; i < 10_000 && !inFlight.isEmpty(); i++) {
      InFlight next = inFlight.remove();
      byte[] octets = next.octets().toByteArray();
      if (next.toServer()) {
        sendFromServer(server.receive(now, next.path(), octets));
      } else {
        perform(session.receive(now, next.path(), octets));
      }
    }
  }

  /** Runs for this long. */
  void pass(Duration duration) {
    Moment end = now.plus(duration);
    settle();
    while (true) {
      Optional<Moment> next = earlier(session.deadline(), server.deadline());
      if (next.isEmpty() || end.isBefore(next.get())) {
        now = end;
        return;
      }
      now = next.get().isBefore(now) ? now : next.get();
      perform(session.tick(now));
      sendFromServer(server.tick(now));
      settle();
    }
  }

  private static Optional<Moment> earlier(Optional<Moment> a, Optional<Moment> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.or(() -> b);
    }
    return a.get().isBefore(b.get()) ? a : b;
  }

  /** The effects of this kind so far. */
  <E extends IkeEffect> List<E> all(Class<E> kind) {
    return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Why the session ended, if it did. */
  Optional<CloseReason> closed() {
    return all(IkeEffect.Closed.class).stream().map(IkeEffect.Closed::reason).findFirst();
  }
}
