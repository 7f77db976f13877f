package io.gkm.lab.simulation;

import io.gkm.ike.Moment;
import io.gkm.ike.UdpPath;
import io.gkm.ike.wire.Octets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/**
 * A network under virtual time that loses, doubles, delays and so reorders datagrams, as its seed
 * says, and cuts hosts off.
 */
final class Network {
  /** A datagram on its way to a host. */
  record InFlight(
      Moment arrives, long order, int to, boolean multicast, UdpPath path, Octets octets)
      implements Comparable<InFlight> {
    @Override
    public int compareTo(InFlight other) {
      int byTime = arrives.compareTo(other.arrives);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final Random random;
  private final PriorityQueue<InFlight> inFlight = new PriorityQueue<>();
  private final Set<Integer> cutOff = new HashSet<>();
  private double loss;
  private double duplication;
  private int maxDelayMillis = 1;
  private long order;

  Network(Random random) {
    this.random = random;
  }

  /** From now on the network is like this. */
  void be(double newLoss, double newDuplication, int newMaxDelayMillis) {
    loss = newLoss;
    duplication = newDuplication;
    maxDelayMillis = newMaxDelayMillis;
  }

  /** Nothing reaches this host or leaves it. */
  void cutOff(int host) {
    cutOff.add(host);
  }

  /** What is on its way never arrives. */
  void loseAll() {
    inFlight.clear();
  }

  /** All hosts are connected again. */
  void connectAll() {
    cutOff.clear();
  }

  /**
   * Sends a datagram.
   *
   * @param path as the receiver sees it
   */
  void send(Moment now, int from, int to, boolean multicast, UdpPath path, Octets octets) {
    if (cutOff.contains(from) || cutOff.contains(to) || random.nextDouble() < loss) {
      return;
    }
    int copies = random.nextDouble() < duplication ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      Moment arrives = now.plus(Duration.ofMillis(1 + random.nextInt(maxDelayMillis)));
      inFlight.add(new InFlight(arrives, order++, to, multicast, path, octets));
    }
  }

  Optional<Moment> next() {
    return Optional.ofNullable(inFlight.peek()).map(InFlight::arrives);
  }

  /** The next datagram that has arrived by now. */
  Optional<InFlight> take(Moment now) {
    InFlight first = inFlight.peek();
    return first == null || now.isBefore(first.arrives())
        ? Optional.empty()
        : Optional.of(inFlight.remove());
  }
}
