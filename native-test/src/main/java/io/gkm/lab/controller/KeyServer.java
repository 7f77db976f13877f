package io.gkm.lab.controller;

import io.gkm.ike.IgnoredMessageException;
import io.gkm.ike.IkeOptions;
import io.gkm.ike.Moment;
import io.gkm.ike.ProtectedSa;
import io.gkm.ike.SaSpis;
import io.gkm.ike.UdpPath;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.crypto.KeyWrap;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.IkeHeader;
import io.gkm.ike.wire.IkeMessage;
import io.gkm.ike.wire.Octets;
import io.gkm.ike.wire.WireException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The lab key server without sockets and clock: datagrams in, datagrams out. Messages that do not
 * belong to an exchange it knows are dropped and logged.
 */
public final class KeyServer {
  private final ControllerSettings settings;
  private final IkeOptions options;
  private final SecureRandom random;
  private final InitResponder init;
  private final Groups groups;
  private final List<MemberSa> members = new ArrayList<>();

  /**
   * @param log gets one line for each thing that happened
   */
  public KeyServer(ControllerSettings settings, SecureRandom random, Consumer<String> log) {
    this(settings, IkeOptions.STANDARD, random, log);
  }

  KeyServer(
      ControllerSettings settings, IkeOptions options, SecureRandom random, Consumer<String> log) {
    this.settings = settings;
    this.options = options;
    this.random = random;
    this.init = new InitResponder(settings, random);
    this.groups = new Groups(settings, random, log);
  }

  /** The keys that registrations get now; for comparison with what the members' kernels hold. */
  public List<HandedOut> handedOut(Moment now) throws CryptoException {
    return HandedOut.of(groups.served(), now);
  }

  /** The IKE SAs of the member with this name, oldest first; usually one. */
  List<MemberSa> sas(String member) {
    return members.stream()
        .filter(sa -> sa.member().filter(m -> m.name().equals(member)).isPresent())
        .toList();
  }

  /** Handles one datagram; gives what is to be sent. */
  public List<Datagram> receive(Moment now, UdpPath path, byte[] datagram) {
    try {
      Optional<byte[]> octets = Framing.message(path, datagram);
      return octets.isEmpty() ? List.of() : receiveMessage(now, path, octets.get());
    } catch (WireException | IgnoredMessageException | CryptoException e) {
      groups.log("dropped a message from %s: %s".formatted(path.remote(), e.getMessage()));
      return List.of();
    }
  }

  private List<Datagram> receiveMessage(Moment now, UdpPath path, byte[] octets)
      throws WireException, IgnoredMessageException, CryptoException {
    IkeMessage message = IkeMessage.decode(octets);
    IkeHeader header = message.header();
    if (header.exchangeType() == ExchangeType.IKE_SA_INIT) {
      boolean first = header.initiator() && !header.response();
      return first && header.messageId() == 0 && header.spiR() == 0
          ? List.of(Framing.datagram(path, begin(path, octets, message)))
          : List.of();
    }
    Optional<MemberSa> found = members.stream().filter(sa -> sa.isFor(header)).findFirst();
    if (found.isEmpty()) {
      return List.of();
    }
    try {
      return found.get().receive(now, path, octets, message);
    } finally {
      forgetClosed();
    }
  }

  /** Does what is due: sends requests of its own again. */
  public List<Datagram> tick(Moment now) {
    List<Datagram> out = new ArrayList<>();
    for (MemberSa sa : List.copyOf(members)) {
      try {
        out.addAll(sa.tick(now));
      } catch (WireException | CryptoException e) {
        groups.log("a request of the key server failed: " + e.getMessage());
      }
    }
    for (ServedGroup group : groups.served()) {
      try {
        out.addAll(group.tick(now));
        if (group.isInbandRekeyDue(now)) {
          out.addAll(inbandRekey(now, group.settings().name()));
        }
      } catch (CryptoException e) {
        groups.log("a rekey of %s failed: %s".formatted(group.settings().name(), e.getMessage()));
      }
    }
    forgetClosed();
    return out;
  }

  /** Whether anybody is in the group. */
  public boolean hasMembers(String group) {
    return !groups.named(group).members().isEmpty();
  }

  /** Rekeys a group by multicast now; it must have members. */
  public List<Datagram> rekey(Moment now, String group) throws CryptoException {
    groups.log("rekeys group " + group);
    return groups.named(group).rekey(now);
  }

  /** Excludes a member from a group for good. */
  public List<Datagram> exclude(Moment now, String group, String member) throws CryptoException {
    groups.log("excludes %s from group %s".formatted(member, group));
    return groups.named(group).exclude(now, member);
  }

  /** Ends a group: everybody has to register again. */
  public List<Datagram> endGroup(Moment now, String group) throws CryptoException {
    groups.log("ends group " + group);
    return groups.named(group).endGroup(now);
  }

  /** Rekeys a group over the IKE SAs of its members now. */
  public List<Datagram> inbandRekey(Moment now, String group) throws CryptoException {
    groups.log("rekeys group %s inband".formatted(group));
    ServedGroup served = groups.named(group);
    ServedGroup.InbandRekey rekey = served.inband(now);
    List<Datagram> out = new ArrayList<>();
    for (String member : served.members()) {
      for (MemberSa sa : sas(member)) {
        try (KeyWrap by = sa.keyWrap()) {
          out.addAll(
              sa.ask(
                  now,
                  ExchangeType.GSA_INBAND_REKEY,
                  rekey.payloads(by),
                  (when, answer) ->
                      groups.log(
                          "%s %s the inband rekey"
                              .formatted(member, answer.isPresent() ? "has" : "did not answer"))));
        }
      }
    }
    return out;
  }

  /** When {@link #tick} has something to do. */
  public Optional<Moment> deadline() {
    return Stream.concat(
            members.stream().flatMap(sa -> sa.deadline().stream()),
            groups.served().stream().flatMap(group -> group.deadline().stream()))
        .min(Moment::compareTo);
  }

  private void forgetClosed() {
    members.stream().filter(MemberSa::isClosed).forEach(MemberSa::close);
    members.removeIf(MemberSa::isClosed);
  }

  private byte[] begin(UdpPath path, byte[] octets, IkeMessage request)
      throws WireException, CryptoException {
    for (MemberSa sa : members) {
      Optional<byte[]> again = sa.initAnswer(octets);
      if (again.isPresent()) {
        return again.get();
      }
    }
    InitResponder.Answer answer = init.answer(path, request);
    if (answer.started().isPresent()) {
      members.add(begun(path, Octets.of(octets), answer.message(), answer.started().get()));
    }
    return answer.message().toByteArray();
  }

  private MemberSa begun(
      UdpPath path, Octets request, Octets response, InitResponder.Started started)
      throws CryptoException {
    MemberExchanges exchanges =
        new MemberExchanges(settings, groups, started, request, response, random);
    int maxMessage = options.maxMessage(path.remote().getAddress(), started.fragmentation());
    SaSpis spis = new SaSpis(started.spiI(), started.spiR());
    ProtectedSa sa = new ProtectedSa(spis, false, started.keys(), maxMessage, random);
    return new MemberSa(
        path, request, response, exchanges, new SaGenerations(sa, maxMessage, random));
  }
}
