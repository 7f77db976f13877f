package io.gkm.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.byref.IntByReference;

/**
 * An AF_NETLINK socket (netlink(7)). It belongs to the network namespace in which it was opened and
 * may be used by any thread, but by one at a time.
 *
 * <p>Extended acknowledgements are on. A datagram is never cut in silence: one that does not fit
 * the buffer is lost, an error says so and the buffer grows. Datagrams of other processes are
 * dropped. After {@link #close} every call fails; the descriptor itself is closed when no call uses
 * it any more, so that none can fall on a descriptor that meanwhile belongs to somebody else.
 */
public final class NetlinkSocket implements NetlinkTransport {
  /** NETLINK_ROUTE of linux/netlink.h: links, addresses, routes. */
  public static final int ROUTE = 0;

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
  private static final int MSG_TRUNC = 0x20;
  private static final int ADDRESS_LENGTH = 12;
  private static final int PORT_OFFSET = 4;
  private static final int RECEIVE_BUFFER = 8 << 20;

  /** More than any dump's datagram (32 KiB) and any acknowledgement. */
  private static final int FIRST_BUFFER = 1 << 17;

  private static final int MAX_BUFFER = 1 << 24;

  private final int descriptor;
  private final Pointer kernel = Memory.allocateDirect(LibC.RUNTIME, ADDRESS_LENGTH);
  private final Pointer sender = Memory.allocateDirect(LibC.RUNTIME, ADDRESS_LENGTH);
  private final Pointer senderLength = Memory.allocateDirect(LibC.RUNTIME, 4);
  private int portId;
  private ByteBuffer buffer;
  private Pointer bufferAddress;
  private ByteBuffer lastSent;
  private Pointer lastSentAddress;
  private Wakeup wakeup;
  private int users;
  private boolean closed;

  private NetlinkSocket(int descriptor) {
    this.descriptor = descriptor;
    kernel.put(0, kernelAddress(), 0, ADDRESS_LENGTH);
    allocate(FIRST_BUFFER);
  }

  private void allocate(int capacity) {
    buffer = ByteBuffer.allocateDirect(capacity).order(ByteOrder.nativeOrder());
    bufferAddress = Pointer.wrap(LibC.RUNTIME, buffer);
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

  /** Makes {@link #receive} end at once when another thread closes the socket. */
  public void wakeable() throws NetlinkException {
    wakeup = new Wakeup(descriptor);
  }

  @Override
  public void send(ByteBuffer datagram) throws NetlinkException {
    begin();
    try {
      Pointer data = address(datagram);
      long sent;
      do {
        sent =
            LibC.INSTANCE.sendto(descriptor, data, datagram.remaining(), 0, kernel, ADDRESS_LENGTH);
      } while (sent < 0 && LibC.errno() == Errno.EINTR);
      if (sent < 0) {
        throw new NetlinkException("netlink send", LibC.errno());
      }
    } finally {
      end();
    }
  }

  /**
   * Where the datagram is in memory: looked up once, as the same buffer is sent again and again.
   */
  @SuppressWarnings("ReferenceEquality") // the same memory is meant, not the same content
  private Pointer address(ByteBuffer datagram) {
    if (!datagram.isDirect() || datagram.position() != 0) {
      throw new IllegalArgumentException("a datagram is at the start of a direct buffer");
    }
    if (datagram != lastSent) {
      lastSent = datagram;
      lastSentAddress = Pointer.wrap(LibC.RUNTIME, datagram);
    }
    return lastSentAddress;
  }

  @Override
  public ByteBuffer receive() throws NetlinkException {
    begin();
    try {
      while (true) {
        if (wakeup != null && !wakeup.await()) {
          throw new NetlinkException("netlink receive", Errno.EBADF);
        }
        int length = receiveOne();
        if (sender.getInt(PORT_OFFSET) == 0) {
          return buffer.clear().limit(length);
        }
      }
    } finally {
      end();
    }
  }

  private int receiveOne() throws NetlinkException {
    while (true) {
      senderLength.putInt(0, ADDRESS_LENGTH);
      long length =
          LibC.INSTANCE.recvfrom(
              descriptor, bufferAddress, buffer.capacity(), MSG_TRUNC, sender, senderLength);
      if (length > buffer.capacity()) {
        Wiping.wipe(buffer, buffer.capacity());
        allocate((int) Math.min(2 * length, MAX_BUFFER));
        throw new NetlinkException(
            "a netlink datagram of " + length + " octets is lost: too long", Errno.ENOBUFS);
      }
      if (length >= 0) {
        return (int) length;
      }
      int errno = LibC.errno();
      if (errno != Errno.EINTR) {
        throw new NetlinkException("netlink receive", errno);
      }
    }
  }

  /** Closes the socket, once; a call that waits on it comes back if it is wakeable or times out. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      if (users == 0) {
        release();
      } else if (wakeup != null) {
        wakeup.wake();
      }
    }
  }

  private synchronized void begin() throws NetlinkException {
    if (closed) {
      throw new NetlinkException("the netlink socket is closed", Errno.EBADF);
    }
    users++;
  }

  private synchronized void end() {
    users--;
    if (closed && users == 0) {
      release();
    }
  }

  private void release() {
    LibC.INSTANCE.close(descriptor);
    if (wakeup != null) {
      wakeup.close();
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
