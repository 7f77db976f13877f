package io.gkm.lab.controller;

import io.gkm.ike.IgnoredMessageException;
import io.gkm.ike.IkeProposals;
import io.gkm.ike.Moment;
import io.gkm.ike.ProtectedSa;
import io.gkm.ike.RekeyedSa;
import io.gkm.ike.SaRekeyAnswer;
import io.gkm.ike.SaRekeyOutcome;
import io.gkm.ike.SaRekeyRequest;
import io.gkm.ike.crypto.CryptoException;
import io.gkm.ike.wire.DeletePayload;
import io.gkm.ike.wire.ExchangeType;
import io.gkm.ike.wire.IkeHeader;
import io.gkm.ike.wire.NotifyType;
import io.gkm.ike.wire.PayloadChain;
import io.gkm.ike.wire.WireException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The IKE SAs with one member, of which one is current: rekeys from either side and from both at
 * once (RFC 7296 sections 2.8.1, 2.18 and 2.25.2).
 */
final class SaGenerations implements AutoCloseable {
  private static final int MAX_OLD = 4;

  private record Rival(SaEnd end, RekeyedSa made) {}

  private final int maxMessage;
  private final SecureRandom random;
  private final List<SaEnd> old = new ArrayList<>();
  private final List<byte[]> toSend = new ArrayList<>();
  private SaEnd current;
  private Optional<SaRekeyRequest> own = Optional.empty();
  private Optional<Rival> rival = Optional.empty();

  /** Owns {@code first}. */
  SaGenerations(ProtectedSa first, int maxMessage, SecureRandom random) {
    this.current = SaEnd.of(first, 1);
    this.maxMessage = maxMessage;
    this.random = random;
  }

  SaEnd current() {
    return current;
  }

  List<SaEnd> all() {
    return Stream.of(Stream.of(current), rival.stream().map(Rival::end), old.stream())
        .flatMap(s -> s)
        .toList();
  }

  Optional<SaEnd> find(IkeHeader header) {
    return all().stream().filter(end -> end.sa().isOfPeer(header)).findFirst();
  }

  /** Asks the member for a new IKE SA. */
  List<byte[]> rekey(Moment now) throws CryptoException {
    if (own.isPresent() || rival.isPresent()) {
      return List.of();
    }
    int method = current.sa().keys().suite().keMethod();
    own = Optional.of(new SaRekeyRequest(IkeProposals.standard(), method, random));
    SaEnd asked = current;
    return current
        .ours()
        .ask(
            now,
            ExchangeType.CREATE_CHILD_SA,
            own.get().payloads(),
            (then, answer) -> rekeyed(then, asked, answer));
  }

  private void rekeyed(Moment now, SaEnd asked, Optional<PayloadChain> answer)
      throws WireException, CryptoException {
    if (own.isEmpty() || !asked.equals(current)) {
      return;
    }
    try (SaRekeyRequest request = own.get()) {
      own = Optional.empty();
      if (answer.isPresent()
          && request.answered(asked.sa().keys(), answer.get())
              instanceof SaRekeyOutcome.Made made) {
        made(now, made.sa());
      } else {
        surrender(now);
      }
    } catch (IgnoredMessageException e) {
      throw new CryptoException("the member's answer to a rekey", e);
    }
  }

  private void made(Moment now, RekeyedSa made) throws CryptoException {
    SaEnd mine = end(made);
    if (rival.isPresent() && made.isRedundantBeside(rival.get().made())) {
      old.add(mine);
      delete(now, mine);
      surrender(now);
    } else {
      rival.ifPresent(r -> old.add(r.end()));
      rival = Optional.empty();
      delete(now, current);
      become(now, mine);
    }
  }

  private void delete(Moment now, SaEnd end) throws CryptoException {
    toSend.addAll(
        end.ours()
            .ask(
                now,
                ExchangeType.INFORMATIONAL,
                List.of(DeletePayload.ikeSa()),
                (then, answer) -> forget(end)));
  }

  /** What a rekey wants sent beside the answer to a message. */
  List<byte[]> takeToSend() {
    List<byte[]> taken = List.copyOf(toSend);
    toSend.clear();
    return taken;
  }

  /** The answer to a CREATE_CHILD_SA request of the member on {@code end}. */
  ResponderSa.Reply asked(Moment now, SaEnd end, PayloadChain request)
      throws WireException, CryptoException {
    if (!end.equals(current) || rival.isPresent()) {
      return new ResponderSa.Reply(
          SaRekeyAnswer.refuse(NotifyType.TEMPORARY_FAILURE).payloads(), false);
    }
    SaRekeyAnswer answer =
        SaRekeyAnswer.of(IkeProposals.standard(), end.sa().keys(), request, random);
    if (answer.made().isPresent()) {
      SaEnd theirs = end(answer.made().get());
      if (own.isPresent()) {
        rival = Optional.of(new Rival(theirs, answer.made().get()));
      } else {
        become(now, theirs);
      }
    }
    return new ResponderSa.Reply(answer.payloads(), false);
  }

  private SaEnd end(RekeyedSa made) throws CryptoException {
    return SaEnd.of(
        new ProtectedSa(made.spis(), made.initiator(), made.keys(), maxMessage, random), 0);
  }

  private void surrender(Moment now) throws CryptoException {
    own.ifPresent(SaRekeyRequest::close);
    own = Optional.empty();
    if (rival.isPresent()) {
      SaEnd theirs = rival.get().end();
      rival = Optional.empty();
      become(now, theirs);
    }
  }

  private void become(Moment now, SaEnd next) throws CryptoException {
    SaEnd before = current;
    current = next;
    if (old.size() == MAX_OLD) {
      old.remove(0).sa().close();
    }
    old.add(before);
    toSend.addAll(before.ours().moveTo(next.ours(), now));
  }

  /**
   * The member deleted this one.
   *
   * @return whether another one is there
   */
  boolean deleted(Moment now, SaEnd end) throws CryptoException {
    if (end.equals(current)) {
      surrender(now);
    }
    if (end.equals(current)) {
      return false;
    }
    rival = rival.filter(r -> !r.end().equals(end));
    forget(end);
    return true;
  }

  private void forget(SaEnd end) {
    old.remove(end);
    end.sa().close();
  }

  @Override
  public void close() {
    all().forEach(end -> end.sa().close());
    own.ifPresent(SaRekeyRequest::close);
  }
}
