package io.gkm.netlink;

/**
 * Requests that are encoded once and sent many times, all in one datagram. No acknowledgement is
 * asked for: the kernel has carried them out when {@link #send} returns, and answers only what it
 * refuses, which the connection's next call skips. For what shows by itself whether it was done.
 */
public final class PreparedRequests implements AutoCloseable {
  private final NetlinkConnection connection;
  private final StructWriter memory;

  PreparedRequests(NetlinkConnection connection, StructWriter memory) {
    this.connection = connection;
    this.memory = memory;
  }

  /** Sends all of them, in order; after a refused one the kernel goes on with the next. */
  public void send() throws NetlinkException {
    if (memory.size() == 0) {
      throw new IllegalStateException("closed, or nothing to send");
    }
    connection.send(memory);
  }

  /** Overwrites them: they may hold keys. */
  @Override
  public void close() {
    memory.close();
  }
}
