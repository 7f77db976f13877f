package io.gkm.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import jnr.ffi.byref.IntByReference;

/**
 * An AF_NETLINK socket (netlink(7)). It belongs to the network namespace in which it was opened and
 * may be used by any thread, but by one at a time.
 *
 * <p>Extended acknowledgements are on. A datagram that does not fit the buffer is never cut: its
 * length is asked for first and the buffer grows. Datagrams of other processes are dropped.
 */
public final class NetlinkSocket implements NetlinkTransport {
  /** NETLINK_XFRM of linux/netlink.h. */
  public static final int XFRM = 6;

  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW = 3;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVBUF = 8;
  private static final int SO_RCVTIMEO = 20;
  private static final int SO_RCVBUFFORCE = 33;
  private static final int SOL_NETLINK = 270;
  private static final int NETLINK_ADD_MEMBERSHIP = 1;
  private static final int NETLINK_CAP_ACK = 10;
  private static final int NETLINK_EXT_ACK = 11;
  private static final int MSG_PEEK = 2;
  private static final int MSG_TRUNC = 0x20;
  private static final int ADDRESS_LENGTH = 12;
  private static final int RECEIVE_BUFFER = 8 << 20;
  private static final int MAX_DATAGRAM = 1 << 24;

  private final int descriptor;
  private final AtomicBoolean closed = new AtomicBoolean();
  private int portId;
  private ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);

  private NetlinkSocket(int descriptor) {
    this.descriptor = descriptor;
  }

  /** Opens a socket in the calling thread's network namespace. */
  public static NetlinkSocket open(int protocol) throws NetlinkException {
    int descriptor = LibC.INSTANCE.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
    if (descriptor < 0) {
      throw new NetlinkException("netlink socket", LibC.errno());
    }
    NetlinkSocket socket = new NetlinkSocket(descriptor);
    try {
      socket.prepare();
      return socket;
    } catch (NetlinkException e) {
      socket.close();
      throw e;
    }
  }

  /** Opens a socket in another network namespace. */
  public static NetlinkSocket open(int protocol, NetworkNamespace namespace)
      throws NetlinkException {
    try {
      return namespace.call(() -> open(protocol));
    } catch (NetlinkException e) {
      throw e;
    } catch (Exception e) {
      NetlinkException failure =
          new NetlinkException("network namespace " + namespace.name() + ": " + e.getMessage(), 0);
      failure.initCause(e);
      throw failure;
    }
  }

  private void prepare() throws NetlinkException {
    option(SOL_NETLINK, NETLINK_EXT_ACK, 1, true);
    option(SOL_NETLINK, NETLINK_CAP_ACK, 1, true);
    if (!option(SOL_SOCKET, SO_RCVBUFFORCE, RECEIVE_BUFFER, false)) {
      // Without CAP_NET_ADMIN the size is limited by net.core.rmem_max.
      option(SOL_SOCKET, SO_RCVBUF, RECEIVE_BUFFER, true);
    }
    if (LibC.INSTANCE.bind(descriptor, kernelAddress(), ADDRESS_LENGTH) < 0) {
      throw new NetlinkException("bind of a netlink socket", LibC.errno());
    }
    byte[] own = new byte[ADDRESS_LENGTH];
    if (LibC.INSTANCE.getsockname(descriptor, own, new IntByReference(ADDRESS_LENGTH)) < 0) {
      throw new NetlinkException("getsockname of a netlink socket", LibC.errno());
    }
    portId = portOf(own);
  }

  /** Joins a multicast group of the protocol, such as XFRMNLGRP_EXPIRE. */
  public void join(int group) throws NetlinkException {
    option(SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, group, true);
  }

  /** How long {@link #receive} waits; zero waits for ever. */
  public void receiveTimeout(Duration timeout) throws NetlinkException {
    byte[] value = new byte[16];
    ByteBuffer.wrap(value)
        .order(ByteOrder.nativeOrder())
        .putLong(timeout.toSeconds())
        .putLong(timeout.toNanosPart() / 1000);
    if (LibC.INSTANCE.setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, value, value.length) < 0) {
      throw new NetlinkException("receive timeout of a netlink socket", LibC.errno());
    }
  }

  @Override
  public int portId() {
    return portId;
  }

  @Override
  public void send(byte[] datagram) throws NetlinkException {
    ByteBuffer copy = ByteBuffer.allocateDirect(datagram.length);
    copy.put(datagram).flip();
    try {
      long sent;
      do {
        sent =
            LibC.INSTANCE.sendto(
                descriptor, copy, datagram.length, 0, kernelAddress(), ADDRESS_LENGTH);
      } while (sent < 0 && LibC.errno() == Errno.EINTR);
      if (sent < 0) {
        throw new NetlinkException("netlink send", LibC.errno());
      }
    } finally {
      // The message may hold keys.
      copy.clear();
      copy.put(new byte[datagram.length]);
    }
  }

  @Override
  public byte[] receive() throws NetlinkException {
    while (true) {
      byte[] from = new byte[ADDRESS_LENGTH];
      int length = length(receive(MSG_PEEK | MSG_TRUNC, from));
      if (length > buffer.capacity()) {
        buffer = ByteBuffer.allocateDirect(length);
      }
      int received = length(receive(MSG_TRUNC, from));
      if (received > buffer.capacity()) {
        throw new NetlinkException("netlink datagram of " + received + " octets was cut", 0);
      }
      byte[] datagram = new byte[received];
      buffer.clear();
      buffer.get(datagram);
      buffer.clear();
      buffer.put(new byte[received]);
      if (portOf(from) == 0) {
        return datagram;
      }
    }
  }

  private long receive(int flags, byte[] from) throws NetlinkException {
    while (true) {
      buffer.clear();
      long length =
          LibC.INSTANCE.recvfrom(
              descriptor,
              buffer,
              buffer.capacity(),
              flags,
              from,
              new IntByReference(ADDRESS_LENGTH));
      if (length >= 0) {
        return length;
      }
      int errno = LibC.errno();
      if (errno != Errno.EINTR) {
        throw new NetlinkException("netlink receive", errno);
      }
    }
  }

  private static int length(long received) throws NetlinkException {
    if (received > MAX_DATAGRAM) {
      throw new NetlinkException("netlink datagram of " + received + " octets", 0);
    }
    return (int) received;
  }

  /** Closes the descriptor, once. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      LibC.INSTANCE.close(descriptor);
    }
  }

  private boolean option(int level, int name, int value, boolean required) throws NetlinkException {
    byte[] bytes = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(value).array();
    if (LibC.INSTANCE.setsockopt(descriptor, level, name, bytes, bytes.length) >= 0) {
      return true;
    }
    if (required) {
      throw new NetlinkException("netlink socket option " + level + "/" + name, LibC.errno());
    }
    return false;
  }

  /** struct sockaddr_nl: family(2), pad(2), port id(4), groups(4); port id 0 is the kernel. */
  private static byte[] kernelAddress() {
    return ByteBuffer.allocate(ADDRESS_LENGTH)
        .order(ByteOrder.nativeOrder())
        .putShort((short) AF_NETLINK)
        .array();
  }

  private static int portOf(byte[] address) {
    return ByteBuffer.wrap(address).order(ByteOrder.nativeOrder()).getInt(4);
  }
}
