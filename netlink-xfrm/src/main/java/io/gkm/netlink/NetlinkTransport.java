package io.gkm.netlink;

/** What carries netlink datagrams to the kernel and back; tests put a scripted kernel here. */
public interface NetlinkTransport extends AutoCloseable {
  /** Our port id: the kernel addresses answers to it. */
  int portId();

  /** Sends one datagram, which may hold several messages. */
  void send(byte[] datagram) throws NetlinkException;

  /** Waits for the next datagram from the kernel; never a part of one. */
  byte[] receive() throws NetlinkException;

  @Override
  void close();
}
