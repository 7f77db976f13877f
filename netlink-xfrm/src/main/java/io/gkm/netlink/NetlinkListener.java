package io.gkm.netlink;

import java.nio.ByteBuffer;

/**
 * Hears what the kernel tells unasked, on a thread of its own, one message at a time. An overflow
 * and a message that cannot be read come as words, never as silence.
 */
public final class NetlinkListener implements AutoCloseable {
  private final NetlinkTransport transport;
  private final Hearer hearer;
  private final Thread thread;
  private volatile boolean stopping;

  private NetlinkListener(NetlinkTransport transport, String name, Hearer hearer) {
    this.transport = transport;
    this.hearer = hearer;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  /** Who is told; called by the listener's thread alone. */
  public interface Hearer {
    /** A message; its content is good during the call alone, and overwritten afterwards. */
    void message(NetlinkMessage message) throws NetlinkCodecException;

    /** Messages were lost or could not be read: whoever keeps a copy reads it anew. */
    void lost(String why);

    /** No more messages come, without anybody having closed the listener. */
    void stopped(NetlinkException why);
  }

  /**
   * Listens to something that tells messages like the kernel. Its receive ends with an exception
   * when it is closed.
   *
   * @param name of the thread
   */
  public static NetlinkListener over(NetlinkTransport transport, String name, Hearer hearer) {
    NetlinkListener listener = new NetlinkListener(transport, name, hearer);
    listener.thread.start();
    return listener;
  }

  /**
   * Listens to multicast groups of the socket's protocol. The socket is the listener's from now on,
   * and closed where this fails.
   */
  public static NetlinkListener join(
      NetlinkSocket socket, Iterable<Integer> groups, String name, Hearer hearer)
      throws NetlinkException {
    try {
      socket.wakeable();
      for (int group : groups) {
        socket.join(group);
      }
    } catch (NetlinkException e) {
      socket.close();
      throw e;
    }
    return over(socket, name, hearer);
  }

  private void run() {
    try {
      while (!stopping) {
        receive();
      }
    } catch (NetlinkException e) {
      stop(e);
    } catch (RuntimeException e) {
      NetlinkException failure =
          new NetlinkException("the listener of " + thread.getName() + " failed", 0);
      failure.initCause(e);
      stop(failure);
    } finally {
      transport.close();
    }
  }

  private void stop(NetlinkException why) {
    if (!stopping) {
      hearer.stopped(why);
    }
  }

  private void receive() throws NetlinkException {
    ByteBuffer datagram;
    try {
      datagram = transport.receive();
    } catch (NetlinkException e) {
      if (e.isOverrun()) {
        hearer.lost("events were lost: the buffer was full");
        return;
      }
      throw e;
    }
    try {
      StructReader in = StructReader.of(datagram);
      while (in.remaining() > 0 && !stopping) {
        hearer.message(NetlinkMessage.decode(in));
      }
    } catch (NetlinkCodecException e) {
      hearer.lost(e.getMessage());
    } finally {
      Wiping.wipe(datagram);
    }
  }

  /**
   * Ends it: when it returns, the thread has ended and the socket is closed. Called by the hearer
   * itself it returns at once, and the message that is told is the last.
   */
  @Override
  public void close() {
    stopping = true;
    transport.close();
    if (Thread.currentThread() != thread) {
      joinThread();
    }
  }

  /** Waits even where it is interrupted: the thread ends as soon as its hearer returns. */
  private void joinThread() {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
