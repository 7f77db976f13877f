package io.gkm.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * An application on a host that has joined a group and keeps every datagram that it gets. Ends with
 * its lab.
 */
public final class MulticastReceiver implements AutoCloseable {
  private final LabHost host;
  private final DatagramFlow flow;
  private final DatagramChannel channel;
  private final List<ReceivedDatagram> received = new ArrayList<>();
  private final Thread reader;
  private IOException failure;

  private MulticastReceiver(LabHost host, DatagramFlow flow, DatagramChannel channel) {
    this.host = host;
    this.flow = flow;
    this.channel = channel;
    this.reader = new Thread(this::read, "lab-receiver-" + host.name());
    reader.setDaemon(true);
    reader.start();
  }

  /** Joins the flow's group on its interface, for all sources. */
  public static MulticastReceiver join(LabHost host, DatagramFlow flow) {
    return join(host, flow, null);
  }

  /** Joins the flow's group on its interface for this source only, or for all if it is null. */
  public static MulticastReceiver join(LabHost host, DatagramFlow flow, InetAddress source) {
    try {
      DatagramChannel channel = host.call(() -> open(host, flow, source));
      MulticastReceiver receiver = new MulticastReceiver(host, flow, channel);
      host.lab().register(receiver);
      return receiver;
    } catch (Exception e) {
      throw new LabException(host.name() + " cannot join " + flow, e);
    }
  }

  private static DatagramChannel open(LabHost host, DatagramFlow flow, InetAddress source)
      throws IOException {
    DatagramChannel channel = DatagramChannel.open(Traffic.family(flow.destination()));
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 20);
      // Bound to the group: what is sent to the host itself or to other groups is not this
      // application's.
      channel.bind(new InetSocketAddress(flow.destination(), flow.port()));
      if (source == null) {
        channel.join(flow.destination(), host.networkInterface(flow.interfaceName()));
      } else {
        channel.join(flow.destination(), host.networkInterface(flow.interfaceName()), source);
      }
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** All datagrams so far, in the order of arrival. */
  public synchronized List<ReceivedDatagram> received() {
    return List.copyOf(received);
  }

  /** The sequence numbers of the datagrams so far that carry this marker. */
  public List<Integer> sequences(String marker) {
    return received().stream()
        .filter(datagram -> datagram.marker().equals(marker))
        .map(ReceivedDatagram::sequence)
        .toList();
  }

  /** Waits until so many datagrams have arrived since the start. */
  public List<ReceivedDatagram> awaitCount(int count, Duration limit) {
    return await(all -> all.size() >= count, count + " datagrams", limit);
  }

  /** Waits until one that satisfies the condition has arrived since the start. */
  public ReceivedDatagram awaitDatagram(Predicate<ReceivedDatagram> wanted, Duration limit) {
    List<ReceivedDatagram> all =
        await(list -> list.stream().anyMatch(wanted), "the datagram waited for", limit);
    return all.stream().filter(wanted).findFirst().orElseThrow();
  }

  private synchronized List<ReceivedDatagram> await(
      Predicate<List<ReceivedDatagram>> done, String what, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!done.test(received)) {
      long left = deadline - System.nanoTime();
      if (failure != null || left <= 0) {
        throw new LabException(
            "%s did not get %s of %s within %s but %d: %s"
                .formatted(host.name(), what, flow, limit, received.size(), received),
            failure);
      }
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LabException("interrupted while receiving " + flow, e);
      }
    }
    return List.copyOf(received);
  }

  private void read() {
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    try {
      while (true) {
        buffer.clear();
        InetSocketAddress source = (InetSocketAddress) channel.receive(buffer);
        byte[] payload = new byte[buffer.flip().remaining()];
        buffer.get(payload);
        synchronized (this) {
          received.add(ReceivedDatagram.of(source, payload));
          notifyAll();
        }
      }
    } catch (AsynchronousCloseException e) {
      // close() was called: this is how the thread ends.
    } catch (IOException e) {
      synchronized (this) {
        failure = e;
        notifyAll();
      }
    }
  }

  /** Leaves the group. */
  @Override
  public void close() {
    try {
      channel.close();
      reader.join(1000);
    } catch (IOException e) {
      throw new LabException("cannot leave " + flow, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
