package io.gkm.lab;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;

/** Sends datagrams from a host of the lab. */
public final class Traffic {
  private Traffic() {}

  /** Sends the datagrams with the sequence numbers 0 to count - 1, as fast as possible. */
  public static void send(LabHost from, DatagramFlow flow, int count) {
    send(from, flow, 0, count, Duration.ZERO);
  }

  /**
   * Sends count datagrams, the first with this sequence number, with a pause after each. Throws a
   * LabException if the kernel refuses one.
   */
  public static void send(LabHost from, DatagramFlow flow, int first, int count, Duration pause) {
    int accepted = trySend(from, flow, first, count, pause);
    if (accepted != count) {
      throw new LabException(
          from.name() + "'s kernel took " + accepted + " of " + count + " datagrams of " + flow);
    }
  }

  /**
   * Tries to send count datagrams and returns how many the kernel took. One that a blocking policy
   * forbids is refused (EPERM); one that is taken may still be dropped on its way out.
   */
  public static int trySend(LabHost from, DatagramFlow flow, int first, int count, Duration pause) {
    InetSocketAddress destination = new InetSocketAddress(flow.destination(), flow.port());
    int accepted = 0;
    try (DatagramChannel channel = open(from, flow)) {
      for (int sequence = first; sequence < first + count; sequence++) {
        if (trySend(channel, ByteBuffer.wrap(flow.payload(sequence)), destination)) {
          accepted++;
        }
        if (!pause.isZero()) {
          Thread.sleep(pause.toMillis());
        }
      }
      return accepted;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted while sending " + flow, e);
    } catch (IOException e) {
      throw new LabException("cannot close the socket of " + flow + " on " + from.name(), e);
    }
  }

  private static boolean trySend(
      DatagramChannel channel, ByteBuffer payload, InetSocketAddress destination) {
    try {
      return channel.send(payload, destination) > 0;
    } catch (IOException refused) {
      return false;
    }
  }

  /** The socket must be made on a thread inside the namespace; any thread may use it afterwards. */
  private static DatagramChannel open(LabHost from, DatagramFlow flow) {
    try {
      return from.call(
          () -> {
            DatagramChannel channel = DatagramChannel.open(family(flow.destination()));
            if (flow.destination().isMulticastAddress()) {
              channel.setOption(
                  StandardSocketOptions.IP_MULTICAST_IF,
                  from.networkInterface(flow.interfaceName()));
              channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, flow.ttl());
            }
            return channel;
          });
    } catch (Exception e) {
      throw new LabException("no socket on " + from.name() + " for " + flow, e);
    }
  }

  static ProtocolFamily family(InetAddress address) {
    return address instanceof Inet6Address
        ? StandardProtocolFamily.INET6
        : StandardProtocolFamily.INET;
  }
}
