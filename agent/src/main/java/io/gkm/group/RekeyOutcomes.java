package io.gkm.group;

import io.gkm.ike.IgnoredMessageException;
import io.gkm.ike.Moment;
import io.gkm.ike.RekeyMessage;
import io.gkm.ike.crypto.KeyWrap;
import io.gkm.ike.wire.DeletePayload;
import io.gkm.ike.wire.IkeMessage;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.ProtocolId;
import io.gkm.ike.wire.WireException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a rekey does to one membership: GSA_REKEY over multicast, GSA_INBAND_REKEY over the IKE SA
 * (RFC 9838 section 2.4).
 */
final class RekeyOutcomes {
  /** What became of a message. */
  enum Result {
    /** It is on no Rekey SA of this group. */
    NOT_OURS,
    /** Used, or dropped. */
    DONE,
    /** Its policy is refused, which the key server should know (RFC 9838 section 2.3.1). */
    REFUSED
  }

  private final RekeyAcceptance acceptance;
  private final SecureRandom random;
  private final MemberTimings timings;
  private final MemberEvents events;
  private final Outbox outbox;

  RekeyOutcomes(
      RekeyAcceptance acceptance,
      SecureRandom random,
      MemberTimings timings,
      MemberEvents events,
      Outbox outbox) {
    this.acceptance = acceptance;
    this.random = random;
    this.timings = timings;
    this.events = events;
    this.outbox = outbox;
  }

  /**
   * A GSA_REKEY message came.
   *
   * @param octets {@code message} as received
   */
  Result received(
      Moment now, Membership group, InetSocketAddress sender, IkeMessage message, byte[] octets) {
    Octets spi = message.header().rekeySpi();
    Optional<RekeySa> sa = group.rekeys().find(spi);
    if (sa.isEmpty()) {
      return missed(now, group, spi);
    }
    try {
      Optional<RekeyMessage> opened = group.rekeys().accept(sa.get(), sender, message, octets);
      if (opened.isEmpty()) {
        return Result.DONE;
      }
      GroupUpdate update = GroupUpdate.of(opened.get().payloads());
      try (KeyWrap carrier = sa.get().keyWrap()) {
        return apply(now, group, update, carrier, true);
      }
    } catch (IgnoredMessageException e) {
      outbox.tell(events.ignoredRekey(group, e.getMessage()));
      return Result.DONE;
    } catch (WireException e) {
      return refuse(now, group, e.getMessage());
    }
  }

  /** An SPI that a rekey we never saw has made (RFC 9838 section 4.4.2.2.3). */
  private Result missed(Moment now, Membership group, Octets spi) {
    if (!group.rekeys().isNext(spi)) {
      return Result.NOT_OURS;
    }
    if (!group.isUnderWay()) {
      Duration wait = timings.afterExclusion(random);
      group.renewAt(now.plus(wait));
      outbox.tell(
          events.rekeyMissed(group, "a rekey was missed: the next Rekey SA is in use", wait));
    }
    return Result.DONE;
  }

  /** An authenticated GSA_INBAND_REKEY for this group came. */
  Result inband(Moment now, Membership group, GroupUpdate update, KeyWrap carrier) {
    return apply(now, group, update, carrier, false);
  }

  private Result apply(
      Moment now, Membership group, GroupUpdate update, KeyWrap carrier, boolean multicast) {
    if (update.deletes().stream().anyMatch(RekeyOutcomes::isEnd)) {
      Duration wait = timings.afterExclusion(random);
      MemberEvent event = events.deleted(group, wait);
      outbox.tell(event);
      outbox.changed(group.excluded(now, Problem.of(event, now), now.plus(wait)));
      return Result.DONE;
    }
    RekeyDecision decision = acceptance.decide(now, group.holder(multicast), update, carrier);
    if (decision instanceof RekeyDecision.Accepted accepted) {
      accepted(now, group, accepted);
    }
    // After the new ones are there, whatever became of these (RFC 9838 section 2.4.1.4).
    update.deletes().forEach(delete -> delete(now, group, delete));
    if (decision instanceof RekeyDecision.Excluded excluded) {
      cutOff(now, group, excluded.reason());
    } else if (decision instanceof RekeyDecision.Refused refused) {
      return refuse(now, group, refused.reason());
    }
    return Result.DONE;
  }

  /** The GCKS excludes everybody who gets this (RFC 9838 sections 2.4.3 and 4.6). */
  private static boolean isEnd(DeletePayload delete) {
    return delete.protocolId() == ProtocolId.NONE
        || (delete.protocolId() == ProtocolId.GIKE_UPDATE && delete.isAll());
  }

  private void accepted(Moment now, Membership group, RekeyDecision.Accepted accepted) {
    List<String> limitsBefore = group.limits();
    outbox.changed(group.rekeyed(now, accepted));
    Set<Integer> spis = accepted.dataSas().stream().map(DataSa::spi).collect(Collectors.toSet());
    outbox.tell(
        events.rekeyed(
            group,
            group.sas().stream().filter(sa -> spis.contains(sa.spi())).toList(),
            accepted.rekey().isPresent(),
            group.due().map(now::until)));
    // The next SA has the limits of the one before, which have been said.
    if (limitsBefore.isEmpty()) {
      accepted.limits().forEach(limit -> outbox.tell(events.limited(group, limit)));
    }
    if (!accepted.withoutSenderId().isEmpty()) {
      Duration wait = timings.afterExclusion(random);
      group.renewAt(now.plus(wait));
      outbox.tell(
          events.rekeyMissed(
              group,
              String.join(", ", accepted.withoutSenderId())
                  + " needs a Sender-ID, which this host has not got, and is not installed",
              wait));
    }
  }

  private static void delete(Moment now, Membership group, DeletePayload delete) {
    if (delete.protocolId() == ProtocolId.GIKE_UPDATE) {
      delete.spis().forEach(spi -> group.deleteRekeySa(now, spi));
    } else {
      boolean all = delete.isAll();
      Set<Integer> spis =
          delete.spis().stream().map(spi -> (int) spi.toLong()).collect(Collectors.toSet());
      group.delete(
          now, sa -> sa.protocolId() == delete.protocolId() && (all || spis.contains(sa.spi())));
    }
  }

  private void cutOff(Moment now, Membership group, String why) {
    Duration wait = timings.afterExclusion(random);
    group.cutOff(now);
    group.renewAt(now.plus(wait));
    outbox.tell(events.cutOff(group, why, wait));
  }

  private Result refuse(Moment now, Membership group, String reason) {
    MemberEvent event = events.rekeyRefused(group, reason);
    outbox.tell(event);
    group.rekeyRefused(Problem.of(event, now));
    return Result.REFUSED;
  }
}
