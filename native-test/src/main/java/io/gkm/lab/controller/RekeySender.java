package io.gkm.lab.controller;

import io.gkm.ike.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a group's GSA_REKEY messages are sent: each several times, octet by octet the same, within
 * seconds (RFC 9838 section 2.4.1.3); nobody answers them.
 */
final class RekeySender {
  private record Copies(List<Datagram> datagrams, Moment next, int left, Duration interval) {}

  private final List<Copies> copies = new ArrayList<>();
  private Optional<Moment> nextRekey = Optional.empty();

  /** The next rekey is to be made then. */
  void plan(Moment at) {
    nextRekey = Optional.of(at);
  }

  /** No rekey is planned any more. */
  void planNothing() {
    nextRekey = Optional.empty();
  }

  boolean isPlanned() {
    return nextRekey.isPresent();
  }

  boolean isRekeyDue(Moment now) {
    return nextRekey.isPresent() && !now.isBefore(nextRekey.get());
  }

  /** The datagrams of a message, which will be sent again later. */
  List<Datagram> send(Moment now, RekeySettings settings, List<Datagram> message) {
    if (settings.copies() > 1) {
      copies.add(
          new Copies(
              message,
              now.plus(settings.copyInterval()),
              settings.copies() - 1,
              settings.copyInterval()));
    }
    return message;
  }

  /** Those whose time has come. */
  List<Datagram> copies(Moment now) {
    List<Datagram> due = new ArrayList<>();
    for (Copies one : List.copyOf(copies)) {
      if (!now.isBefore(one.next())) {
        due.addAll(one.datagrams());
        copies.remove(one);
        if (one.left() > 1) {
          copies.add(
              new Copies(
                  one.datagrams(), now.plus(one.interval()), one.left() - 1, one.interval()));
        }
      }
    }
    return due;
  }

  Optional<Moment> deadline() {
    return Stream.concat(nextRekey.stream(), copies.stream().map(Copies::next))
        .min(Moment::compareTo);
  }
}
