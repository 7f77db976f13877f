package io.gkm.group;

import io.gkm.group.ControllerStatus.State;
import io.gkm.ike.CertificateCheck;
import io.gkm.ike.CloseReason;
import io.gkm.ike.IgnoredMessageException;
import io.gkm.ike.IkeEffect;
import io.gkm.ike.IkeSession;
import io.gkm.ike.IkeSettings;
import io.gkm.ike.Moment;
import io.gkm.ike.RegistrationAnswer;
import io.gkm.ike.UdpPath;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.Identification;
import io.gkm.ike.wire.IkeMessage;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.WireException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The member of all groups of one key server: registers the first group while authenticating
 * (GSA_AUTH) and the others on the same IKE SA (GSA_REGISTRATION), judges the policy, registers
 * again before keys end, drops what expired, tries again for ever, and leaves at shutdown (RFC
 * 9838, 2.3).
 *
 * <p>Sans-I/O and single-threaded: each call takes the time and returns what is to be done. Call
 * {@link #tick} at or after {@link #deadline}, and ask for the deadline again after every call.
 */
public final class ControllerMember {
  private final String name;
  private final ServerLink link;
  private final List<Membership> groups;
  private final GroupOutcomes outcomes;
  private final RekeyOutcomes rekeyOutcomes;
  private final MemberTimings timings;
  private final MemberEvents events;
  private final Outbox outbox = new Outbox();
  private Optional<Moment> leaveUntil = Optional.empty();
  private Optional<Problem> problem = Optional.empty();

  /**
   * A member with the daemon's timings.
   *
   * @param servers one entry per address of the key server, in order of preference
   * @param groups its groups; two with one id are refused with an IllegalArgumentException
   */
  public ControllerMember(
      String controllerName,
      List<IkeSettings> servers,
      List<GroupSettings> groups,
      LocalAddresses localAddresses,
      SecureRandom random) {
    this(
        controllerName,
        servers,
        groups,
        localAddresses,
        random,
        MemberTimings.standard(),
        (settings, first) -> new IkeSessionAdapter(new IkeSession(settings, first, random)));
  }

  ControllerMember(
      String controllerName,
      List<IkeSettings> servers,
      List<GroupSettings> groups,
      LocalAddresses localAddresses,
      SecureRandom random,
      MemberTimings timings,
      KeyServerSession.Factory sessions) {
    Set<Identification> ids = new HashSet<>();
    for (GroupSettings group : groups) {
      if (!ids.add(group.id())) {
        throw new IllegalArgumentException(
            "controller " + controllerName + " has two groups with id " + group.id());
      }
    }
    this.name = controllerName;
    this.link = new ServerLink(servers, localAddresses, sessions, random, timings);
    this.groups = groups.stream().map(g -> new Membership(g, random, timings)).toList();
    this.timings = timings;
    this.events = new MemberEvents(controllerName);
    this.outcomes =
        new GroupOutcomes(new PolicyAcceptance(localAddresses), random, timings, events, outbox);
    this.rekeyOutcomes =
        new RekeyOutcomes(new RekeyAcceptance(localAddresses), random, timings, events, outbox);
  }

  /** Begins; once. */
  public List<MemberEffect> start(Moment now) {
    link.start(now);
    groups.forEach(group -> group.start(now));
    registerDueGroups(now);
    return outbox.drain();
  }

  /** A UDP payload arrived on this path. */
  public List<MemberEffect> receive(Moment now, UdpPath path, byte[] datagram) {
    if (link.isOpen()) {
      handle(now, link.session().receive(now, path, datagram));
    } else if (link.state() != State.STOPPED) {
      outbox.tell(events.ignored("no IKE SA"));
    }
    registerDueGroups(now);
    return outbox.drain();
  }

  /**
   * A UDP payload arrived at a multicast address of {@link #listening}.
   *
   * @param path the multicast address and port, and who sent it
   */
  public List<MemberEffect> receiveRekey(Moment now, UdpPath path, byte[] datagram) {
    try {
      byte[] octets = path.ikeMessage(datagram);
      IkeMessage message = IkeMessage.decode(octets);
      if (message.header().exchangeType() != ExchangeType.GSA_REKEY) {
        throw new IgnoredMessageException("not a GSA_REKEY message");
      }
      if (!isLeaving()) {
        rekey(now, path, message, octets);
      }
    } catch (WireException | IgnoredMessageException e) {
      outbox.tell(events.ignored(e.getMessage()));
    }
    registerDueGroups(now);
    return outbox.drain();
  }

  private void rekey(Moment now, UdpPath path, IkeMessage message, byte[] octets)
      throws IgnoredMessageException {
    for (Membership group : groups) {
      RekeyOutcomes.Result result =
          rekeyOutcomes.received(now, group, path.remote(), message, octets);
      if (result == RekeyOutcomes.Result.REFUSED) {
        leaveGroup(now, group, NotifyType.NO_PROPOSAL_CHOSEN);
      }
      if (result != RekeyOutcomes.Result.NOT_OURS) {
        return;
      }
    }
    throw new IgnoredMessageException("GSA_REKEY on an unknown Rekey SA");
  }

  /**
   * The kernel says that a data SA has seen as many packets as the configuration lets it before
   * there are new keys. One of somebody else's changes nothing.
   */
  public List<MemberEffect> nearlyUsedUp(Moment now, int protocolId, int spi) {
    for (Membership group : groups) {
      if (!isLeaving() && group.has(protocolId, spi)) {
        outcomes.nearlyUsedUp(now, group, spi);
      }
    }
    registerDueGroups(now);
    return outbox.drain();
  }

  /**
   * The certificates of {@link MemberEffect.CheckCertificates} are checked.
   *
   * @param refusal why they are not trusted, for the person; empty when they are
   */
  public List<MemberEffect> certificatesChecked(
      Moment now, CertificateCheck check, Optional<String> refusal) {
    if (link.isOpen()) {
      handle(now, link.session().certificatesChecked(now, check, refusal));
    }
    registerDueGroups(now);
    return outbox.drain();
  }

  /** Time has passed. */
  public List<MemberEffect> tick(Moment now) {
    if (reached(link.sessionDeadline(), now)) {
      handle(now, link.session().tick(now));
    }
    groups.forEach(group -> outcomes.pass(now, group));
    if (reached(leaveUntil, now)) {
      finish(now, false);
    }
    registerDueGroups(now);
    return outbox.drain();
  }

  /**
   * Leaves every group, closes the IKE SA and then says Finished, after a bounded time whatever the
   * key server does. The SAs leave the desired state at once.
   */
  public List<MemberEffect> shutdown(Moment now) {
    if (isLeaving()) {
      return List.of();
    }
    leaveUntil = Optional.of(now.plus(timings.leaving()));
    for (Membership group : groups) {
      if (link.isEstablished() && (group.isMember() || group.isUnderWay())) {
        leaveGroup(now, group, NotifyType.REGISTRATION_FAILED);
      }
      outbox.changed(group.leave(now));
    }
    if (link.isOpen()) {
      link.leaving(now);
      // The session closes when the key server has answered what was asked before.
      handle(now, link.session().close(now));
    } else {
      finish(now, true);
    }
    return outbox.drain();
  }

  private void registerDueGroups(Moment now) {
    for (Membership group : groups) {
      if (!isLeaving() && group.isDue(now)) {
        if (link.mayConnect(now)) {
          group.registering(now);
          handle(now, link.connect(now, group.request()));
        } else if (link.isEstablished()) {
          group.registering(now);
          handle(now, link.session().register(now, group.request()));
        }
      }
    }
  }

  private void leaveGroup(Moment now, Membership group, int notifyType) {
    if (link.isOpen()) {
      handle(now, link.session().leave(now, group.settings().id(), notifyType));
    }
  }

  private void handle(Moment now, List<IkeEffect> fromSession) {
    for (IkeEffect effect : fromSession) {
      if (effect instanceof IkeEffect.Send send) {
        outbox.add(new MemberEffect.Send(send.path(), send.datagram()));
      } else if (effect instanceof IkeEffect.CheckCertificates certificates) {
        outbox.add(new MemberEffect.CheckCertificates(certificates.check()));
      } else if (effect instanceof IkeEffect.Established) {
        established(now);
      } else if (effect instanceof IkeEffect.Registered registered) {
        registered(now, registered.group(), registered.answer());
      } else if (effect instanceof IkeEffect.RegistrationRefused refused) {
        refused(now, refused.group(), refused.notifyType());
      } else if (effect instanceof IkeEffect.InbandRekey rekey) {
        inbandRekey(now, rekey);
      } else if (effect instanceof IkeEffect.Closed closed) {
        closed(now, new ConnectionFailure(closed.reason(), closed.detail()));
      } else if (effect instanceof IkeEffect.Ignored ignored) {
        outbox.tell(events.ignored(ignored.why()));
      }
    }
  }

  /** It does not say which group it is about: what it brings or deletes does. */
  private void inbandRekey(Moment now, IkeEffect.InbandRekey rekey) {
    try (rekey) {
      GroupUpdate update =
          GroupUpdate.of(rekey.gsa(), rekey.kd(), rekey.deletes(), rekey.notifies());
      List<Membership> meant = groups.stream().filter(group -> group.isMeantBy(update)).toList();
      // A Delete of everything is for every group on this IKE SA: what is deleted must not be used.
      boolean clear = meant.size() == 1 || update.content().isEmpty();
      if (isLeaving() || !clear || meant.isEmpty()) {
        outbox.tell(events.ignored("GSA_INBAND_REKEY is about " + meant.size() + " groups"));
        return;
      }
      for (Membership group : meant) {
        if (rekeyOutcomes.inband(now, group, update, rekey.keyWrap())
            == RekeyOutcomes.Result.REFUSED) {
          leaveGroup(now, group, NotifyType.NO_PROPOSAL_CHOSEN);
        }
      }
    } catch (WireException e) {
      outbox.tell(events.ignored("GSA_INBAND_REKEY: " + e.getMessage()));
    }
  }

  private void established(Moment now) {
    if (!isLeaving()) {
      link.established(now);
      outbox.tell(events.connected(link.address()));
    }
  }

  private void registered(Moment now, Identification id, RegistrationAnswer answer) {
    try {
      Optional<Membership> group = find(id);
      if (group.isPresent() && !isLeaving()) {
        keyServerWorks();
        outcomes
            .answered(now, group.get(), answer)
            .ifPresent(notifyType -> leaveGroup(now, group.get(), notifyType));
      }
    } finally {
      answer.close();
    }
  }

  private void refused(Moment now, Identification id, int notifyType) {
    find(id)
        .filter(group -> group.isUnderWay() && !isLeaving())
        .ifPresent(
            group -> {
              keyServerWorks();
              outcomes.refused(now, group, notifyType);
            });
  }

  private void keyServerWorks() {
    link.works();
    problem = Optional.empty();
  }

  private void closed(Moment now, ConnectionFailure failure) {
    if (isLeaving()) {
      finish(now, failure.reason() == CloseReason.LOCAL);
    } else if (link.isEstablished() && failure.reason() == CloseReason.DELETED_BY_PEER) {
      link.closed(now);
      groups.forEach(group -> outcomes.closedByKeyServer(now, group));
    } else if (failure.reason() == CloseReason.REAUTHENTICATION) {
      link.closed(now);
      MemberEvent event = events.reauthenticating(link.address());
      outbox.tell(event);
      groups.forEach(group -> outcomes.connectionLost(now, group, Problem.of(event, now)));
    } else {
      InetAddress address = link.address();
      Duration wait = link.failed(now, failure.needsPerson());
      MemberEvent event = events.connectionFailed(address, failure, link.address(), wait);
      outbox.tell(event);
      Problem why = Problem.of(event, now);
      problem = Optional.of(why);
      groups.forEach(group -> outcomes.connectionLost(now, group, why));
    }
  }

  private void finish(Moment now, boolean answered) {
    if (link.state() != State.STOPPED) {
      link.stopped(now);
      outbox.tell(events.left(answered));
      outbox.add(new MemberEffect.Finished());
    }
  }

  /** When {@link #tick} has something to do, if nothing else happens before. */
  public Optional<Moment> deadline() {
    if (link.state() == State.STOPPED) {
      return Optional.empty();
    }
    List<Moment> moments = new ArrayList<>();
    link.sessionDeadline().ifPresent(moments::add);
    leaveUntil.ifPresent(moments::add);
    for (Membership group : groups) {
      group.deadline().ifPresent(moments::add);
      nextAttempt(group).ifPresent(moments::add);
    }
    return moments.stream().reduce((one, other) -> other.isBefore(one) ? other : one);
  }

  /** When the group can be registered; empty while the IKE SA for it is being set up. */
  private Optional<Moment> nextAttempt(Membership group) {
    if (link.isOpen()) {
      return link.isEstablished() ? group.due() : Optional.empty();
    }
    Moment notBefore = link.notBefore();
    return group.due().map(due -> due.isBefore(notBefore) ? notBefore : due);
  }

  /** What the kernel should hold for each group; the receiver owns the keys in it. */
  public List<GroupState> desired() {
    return groups.stream().map(Membership::desired).toList();
  }

  /** Where rekeys arrive now. */
  public Set<RekeyAddress> listening() {
    return groups.stream()
        .flatMap(group -> group.listening().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** For {@code gkm status}. */
  public ControllerStatus status(Moment now) {
    return new ControllerStatus(
        name,
        link.state(),
        link.address(),
        link.since().until(now),
        link.isOpen() ? Optional.of(link.session().info()) : Optional.empty(),
        problem.map(Problem::text),
        problem.map(p -> p.at().until(now)),
        link.isOpen() || problem.isEmpty() || !now.isBefore(link.notBefore())
            ? Optional.empty()
            : Optional.of(now.until(link.notBefore())),
        groups.stream().map(group -> group.status(now, nextAttempt(group))).toList());
  }

  private Optional<Membership> find(Identification id) {
    return groups.stream().filter(group -> group.settings().id().equals(id)).findFirst();
  }

  private boolean isLeaving() {
    return leaveUntil.isPresent();
  }

  private static boolean reached(Optional<Moment> moment, Moment now) {
    return moment.isPresent() && !now.isBefore(moment.get());
  }
}
