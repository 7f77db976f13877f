package io.gkm.agent;

import io.gkm.agent.status.ControllerReport;
import io.gkm.agent.status.GroupReport;
import io.gkm.agent.status.IkeReport;
import io.gkm.agent.status.ProblemReport;
import io.gkm.agent.status.RekeyReport;
import io.gkm.agent.status.SaReport;
import io.gkm.group.AddressText;
import io.gkm.group.ControllerStatus;
import io.gkm.group.Flow;
import io.gkm.group.GroupPhase;
import io.gkm.group.GroupStatus;
import io.gkm.ike.Moment;
import io.gkm.ike.NatStatus;
import io.gkm.ike.SessionInfo;
import io.gkm.ike.crypto.IkeSuite;
import io.gkm.ike.wire.EncrId;
import io.gkm.ike.wire.IntegId;
import io.gkm.ike.wire.KeMethod;
import io.gkm.ike.wire.KwaId;
import io.gkm.ike.wire.PrfId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The members' status as the report has it: times of day instead of distances, texts for enums. */
final class MemberReports {
  private final Instant now;
  private final Moment moment;
  private final SaCounters counters;

  /**
   * @param now the time of day at {@code moment}
   */
  MemberReports(Instant now, Moment moment, SaCounters counters) {
    this.now = now;
    this.moment = moment;
    this.counters = counters;
  }

  /**
   * @param sendProblem what keeps datagrams from the key server; it explains more than the missing
   *     answer does
   */
  ControllerReport of(ControllerStatus status, Optional<ProblemReport> sendProblem) {
    return new ControllerReport(
        status.name(),
        status.address().getHostAddress(),
        name(status.state()),
        now.minus(status.inStateFor()),
        sendProblem.or(() -> problem(status.problem(), status.problemAge())),
        status.nextAttempt().map(now::plus),
        status.session().map(this::of),
        status.groups().stream().map(this::of).toList());
  }

  private IkeReport of(SessionInfo session) {
    return new IkeReport(
        name(session.state()),
        String.format("0x%016x", session.spiI()),
        String.format("0x%016x", session.spiR()),
        session.suite().map(MemberReports::text),
        AddressText.of(session.path().local()),
        AddressText.of(session.path().remote()),
        text(session.nat()),
        session.establishedAt().map(at -> now.minus(moment.minus(at))));
  }

  private GroupReport of(GroupStatus status) {
    return new GroupReport(
        status.name(),
        status.id(),
        name(status.role()),
        status.interfaceName(),
        name(status.phase()),
        isRegistered(status.phase()),
        now.minus(status.inPhaseFor()),
        problem(status.problem(), status.problemAge()),
        status.nextAttempt().map(now::plus),
        status.limits(),
        status.rekey().map(this::of),
        status.allow().stream().map(Flow::toString).toList(),
        status.sas().stream().map(this::of).toList());
  }

  private SaReport of(GroupStatus.SaStatus sa) {
    return new SaReport(
        sa.spi(),
        sa.protocol(),
        direction(sa),
        sa.algorithm(),
        sa.selectors(),
        sa.replayWindow(),
        now.minus(sa.age()),
        sa.lifetimeLeft().map(now::plus),
        counters.of(sa.spi()));
  }

  private static String direction(GroupStatus.SaStatus sa) {
    if (sa.inbound()) {
      return sa.sending() ? "in+out" : "in";
    }
    return sa.sending() ? "out" : "standby";
  }

  private RekeyReport of(GroupStatus.RekeyStatus rekey) {
    return new RekeyReport(
        rekey.spi(),
        rekey.group(),
        rekey.source(),
        rekey.authentication(),
        rekey.nextMessageId(),
        now.plus(rekey.lifetimeLeft()),
        rekey.accepted(),
        rekey.ignored());
  }

  private static boolean isRegistered(GroupPhase phase) {
    return phase == GroupPhase.REGISTERED
        || phase == GroupPhase.RENEWING
        || phase == GroupPhase.RETRYING;
  }

  private Optional<ProblemReport> problem(Optional<String> text, Optional<Duration> age) {
    return text.map(t -> new ProblemReport(t, now.minus(age.orElse(Duration.ZERO))));
  }

  /** IANA names, as a proposal lists them. */
  private static String text(IkeSuite suite) {
    List<String> names = new ArrayList<>();
    names.add(EncrId.name(suite.encrId()) + " " + suite.encrKeyBits());
    if (suite.integId() != IntegId.NONE) {
      names.add(IntegId.name(suite.integId()));
    }
    names.add(PrfId.name(suite.prfId()));
    names.add(KeMethod.name(suite.keMethod()));
    names.add(KwaId.name(suite.kwaId()));
    return String.join(", ", names);
  }

  private static String text(NatStatus nat) {
    if (!nat.supported()) {
      return "unknown";
    }
    if (nat.localBehindNat()) {
      return nat.remoteBehindNat() ? "both" : "local";
    }
    return nat.remoteBehindNat() ? "remote" : "none";
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
