package io.gkm.netlink;

import java.nio.ByteBuffer;

/** What carries netlink datagrams to the kernel and back; tests put a kernel of their own here. */
public interface NetlinkTransport extends AutoCloseable {
  /** Our port id: the kernel addresses answers to it. */
  int portId();

  /**
   * Sends one datagram, which may hold several messages: what is between the buffer's position and
   * its limit. The buffer is direct and belongs to the caller, who overwrites it afterwards.
   */
  void send(ByteBuffer datagram) throws NetlinkException;

  /**
   * Waits for the next datagram from the kernel; never a part of one. The buffer belongs to the
   * transport and is good until the next call; the caller overwrites what it has read.
   */
  ByteBuffer receive() throws NetlinkException;

  @Override
  void close();
}
