package io.gkm.group;

import io.gkm.ike.IgnoredMessageException;
import io.gkm.ike.Moment;
import io.gkm.ike.RekeyMessage;
import io.gkm.ike.wire.IkeMessage;
import io.gkm.ike.wire.Octets;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where the GCKS reaches the members of one group: its Rekey SAs, newest last, the key path, and
 * what the next ones are called (RFC 9838 section 2.4.1). Owns all their keys.
 */
final class RekeyChannel {
  private final List<RekeySa> sas = new ArrayList<>();
  private final Set<Octets> nextSpis = new HashSet<>();
  private Optional<RekeyAuthentication> authentication = Optional.empty();
  private KeyPath path = KeyPath.empty();
  private long accepted;
  private long ignored;

  /**
   * Whether a registration's answer is older than rekeys that came meanwhile (RFC 9838 section
   * 4.4.2.2.2).
   */
  boolean isStale(RekeyPolicy policy) {
    return find(policy.spi())
        .filter(sa -> policy.firstMessageId() < sa.nextMessageId())
        .isPresent();
  }

  /**
   * A registration replaces everything (RFC 9838 section 2.3.3); an SA that is the same goes on.
   * Takes over the grant.
   */
  void replace(Moment now, Optional<RekeyGrant> granted) {
    Optional<RekeySa> same =
        granted.flatMap(grant -> sas.stream().filter(sa -> sa.isSame(grant)).findFirst());
    sas.stream().filter(sa -> !same.equals(Optional.of(sa))).forEach(RekeySa::close);
    sas.clear();
    nextSpis.clear();
    if (granted.isEmpty()) {
      clear();
      return;
    }
    RekeyGrant grant = granted.get();
    if (same.isPresent()) {
      grant.keys().close();
      same.get().renew(now, grant.policy());
      sas.add(same.get());
    } else {
      sas.add(new RekeySa(now, grant.policy(), grant.keys()));
    }
    take(grant);
  }

  /**
   * A rekey brought the next Rekey SA: the ones before it go at {@code retireAt} (RFC 9838 section
   * 2.4.1.4). Takes over the grant.
   */
  void add(Moment now, RekeyGrant grant, Moment retireAt) {
    RekeySa next = new RekeySa(now, grant.policy(), grant.keys());
    sas.forEach(sa -> sa.retire(retireAt));
    sas.add(next);
    nextSpis.clear();
    take(grant);
  }

  private void take(RekeyGrant grant) {
    nextSpis.addAll(grant.policy().nextSpis());
    authentication = Optional.of(grant.authentication());
    path.close();
    path = grant.path();
  }

  /** How messages from now on are authenticated. */
  void authenticateBy(RekeyAuthentication next) {
    authentication = Optional.of(next);
  }

  Optional<RekeyAuthentication> authentication() {
    return authentication;
  }

  KeyPath path() {
    return path;
  }

  /** The Rekey SA with this SPI. */
  Optional<RekeySa> find(Octets spi) {
    return sas.stream().filter(sa -> sa.spi().equals(spi)).findFirst();
  }

  /** The one that the next rekey is expected on. */
  Optional<RekeySa> newest() {
    return sas.isEmpty() ? Optional.empty() : Optional.of(sas.get(sas.size() - 1));
  }

  boolean isEmpty() {
    return sas.isEmpty();
  }

  /** All of them, oldest first. */
  List<RekeySa> sas() {
    return List.copyOf(sas);
  }

  /** Whether a message on this SPI means that the rekey which brought it was missed. */
  boolean isNext(Octets spi) {
    return nextSpis.contains(spi);
  }

  /**
   * A message on one of these SAs.
   *
   * @return empty when it is a fragment and others are missing
   * @throws IgnoredMessageException when it is not to be used
   */
  Optional<RekeyMessage> accept(
      RekeySa sa, InetSocketAddress sender, IkeMessage message, byte[] octets)
      throws IgnoredMessageException {
    try {
      Optional<RekeyMessage> opened =
          sa.accept(sender, message, octets, authentication.orElseThrow());
      accepted += opened.isPresent() ? 1 : 0;
      return opened;
    } catch (IgnoredMessageException e) {
      ignored++;
      throw e;
    }
  }

  long accepted() {
    return accepted;
  }

  long ignored() {
    return ignored;
  }

  /** All of them go at this time. */
  void retireAll(Moment at) {
    sas.forEach(sa -> sa.retire(at));
  }

  /** Drops those whose time is over; whether one went that was not replaced. */
  boolean expire(Moment now) {
    boolean lost = false;
    for (RekeySa sa : sas()) {
      if (!now.isBefore(sa.end())) {
        lost |= !sa.isRetired();
        sas.remove(sa);
        sa.close();
      }
    }
    return lost;
  }

  /** When the next one goes. */
  Optional<Moment> firstEnd() {
    return sas.stream().map(RekeySa::end).min(Moment::compareTo);
  }

  /** Forgets and zeroes everything. */
  void clear() {
    sas.forEach(RekeySa::close);
    sas.clear();
    nextSpis.clear();
    authentication = Optional.empty();
    path.close();
    path = KeyPath.empty();
  }
}
