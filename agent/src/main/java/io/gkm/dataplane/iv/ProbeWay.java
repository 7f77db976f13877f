package io.gkm.dataplane.iv;

import io.gkm.netlink.Errno;
import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.tun.TunDevice;
import io.gkm.netlink.xfrm.XfrmAuthTrunc;
import io.gkm.netlink.xfrm.XfrmClient;
import io.gkm.netlink.xfrm.XfrmEncryption;
import io.gkm.netlink.xfrm.XfrmException;
import io.gkm.netlink.xfrm.XfrmKey;
import io.gkm.netlink.xfrm.XfrmLifetime;
import io.gkm.netlink.xfrm.XfrmMode;
import io.gkm.netlink.xfrm.XfrmProtocol;
import io.gkm.netlink.xfrm.XfrmSa;
import io.gkm.netlink.xfrm.XfrmSaId;
import io.gkm.netlink.xfrm.XfrmSocket;
import io.gkm.netlink.xfrm.XfrmTemplate;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

/**
 * The way that probes take, which ends in this process: a TUN device and, around the SA that is
 * tried, a second SA in tunnel mode to an address that only the device has a route to.
 *
 * <p>The device alone is not enough: for an SA in tunnel mode the kernel looks up the way of the
 * outer packet without regard to the socket's device, and would send probes out of the machine. The
 * second SA encrypts nothing, so that the IV within can be read. Were the device and both of its
 * routes gone, packets to its address would be dropped by whoever keeps bogus addresses off (RFC
 * 5737, RFC 6666).
 */
final class ProbeWay implements AutoCloseable {
  private static final String DEVICE = "gkmprobe%d";
  private static final byte[] END4 = {(byte) 203, 0, 113, (byte) 254};
  private static final byte[] START4 = {(byte) 203, 0, 113, (byte) 253};

  /** 100::fffe. */
  private static final byte[] END6 = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -2};

  private static final byte[] START6 = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -3};
  private static final int INTEGRITY_OCTETS = 32;
  private static final int ICV_BITS = 128;

  private final XfrmClient client;
  private final TunDevice device;
  private final XfrmSa around;
  private final InetAddress start;
  private final InetAddress end;

  private ProbeWay(XfrmClient client, TunDevice device, boolean six, int reqid, Duration most) {
    this.client = client;
    this.device = device;
    start = address(six ? START6 : START4);
    end = address(six ? END6 : END4);
    around =
        XfrmSa.builder(address(new byte[six ? 16 : 4]), end, reqid)
            .mode(XfrmMode.TUNNEL)
            .reqid(reqid)
            .lifetime(XfrmLifetime.ofSeconds(0, most.toSeconds() + Candidate.SECONDS))
            .encryption(new XfrmEncryption("ecb(cipher_null)", XfrmKey.copyOf(new byte[0])))
            .authentication(
                new XfrmAuthTrunc(
                    "hmac(sha256)", XfrmKey.copyOf(new byte[INTEGRITY_OCTETS]), ICV_BITS))
            .build();
  }

  /**
   * Opens it in the calling thread's network namespace.
   *
   * @param client of the same namespace; stays the caller's
   * @param reqid that nobody else has; the SPI of the second SA is the same number
   * @param most how long it is used; the second SA ends by itself after that
   */
  static ProbeWay open(XfrmClient client, boolean six, int reqid, Duration most)
      throws NetlinkException, XfrmException {
    ProbeWay way = new ProbeWay(client, TunDevice.open(DEVICE), six, reqid, most);
    try {
      way.device.attract(way.end);
      try {
        // One that an earlier process has left.
        client.deleteSa(way.around.id());
      } catch (XfrmException e) {
        requireAbsent(e);
      }
      client.addSa(way.around);
      return way;
    } catch (NetlinkException | XfrmException e) {
      way.device.close();
      throw e;
    }
  }

  /** A socket whose packets go through this SA and end here; in the namespace of the way. */
  XfrmSocket socket(XfrmSa inner) throws DrawingException, NetlinkException {
    XfrmSocket socket =
        XfrmSocket.open(
            device.name(),
            device.index(),
            ProbeFlow.of(inner.selector(), inner.id().destination()));
    try {
      socket.through(template(inner, inner.id()), template(around, around.id()));
      return socket;
    } catch (NetlinkException e) {
      socket.close();
      throw e;
    }
  }

  /** With a source, as a template for an SA in tunnel mode must have one; the SA's may be any. */
  private XfrmTemplate template(XfrmSa sa, XfrmSaId id) {
    InetAddress source = sa.source().isAnyLocalAddress() ? start : sa.source();
    return new XfrmTemplate(
        source, id.destination(), id.spi(), XfrmProtocol.ESP, sa.reqid(), sa.mode(), false);
  }

  TunDevice device() {
    return device;
  }

  /** The address that the packets have outside. */
  InetAddress end() {
    return end;
  }

  private static void requireAbsent(XfrmException e) throws XfrmException {
    if (e.errno() != Errno.ESRCH) {
      throw e;
    }
  }

  private static InetAddress address(byte[] octets) {
    try {
      return octets.length == 4
          ? InetAddress.getByAddress(octets)
          : Inet6Address.getByAddress(null, octets, -1);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 octets are an address", e);
    }
  }

  /** The second SA first: without it nothing is sent to the device any more. */
  @Override
  public void close() {
    try {
      client.deleteSa(around.id());
    } catch (XfrmException e) {
      if (e.errno() != Errno.ESRCH) {
        throw new IllegalStateException("the SA of the way for probes stays", e);
      }
    } catch (NetlinkException e) {
      throw new IllegalStateException("the SA of the way for probes stays", e);
    } finally {
      device.close();
    }
  }
}
