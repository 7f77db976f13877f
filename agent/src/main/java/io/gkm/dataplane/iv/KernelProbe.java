package io.gkm.dataplane.iv;

import io.gkm.netlink.Errno;
import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.xfrm.XfrmSaId;
import io.gkm.netlink.xfrm.XfrmSocket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;

/** Sends probes by the kernel and reads them from the device at the end of their way. */
final class KernelProbe implements Probe, AutoCloseable {
  /** The packet is there when the call that sends it returns, unless a cipher works elsewhere. */
  private static final int MILLISECONDS = 250;

  private final ProbeWay way;
  private final XfrmSocket socket;
  private final XfrmSaId sa;
  private String trouble = "";

  /**
   * @param socket sends through this SA; is closed with this
   */
  KernelProbe(ProbeWay way, XfrmSocket socket, XfrmSaId sa) {
    this.way = way;
    this.socket = socket;
    this.sa = sa;
  }

  @Override
  public Optional<ProbePacket> send(long sequence) throws NetlinkException {
    OptionalInt errno = socket.send();
    if (errno.isPresent()) {
      trouble =
          "a packet cannot be sent through it: "
              + Errno.name(errno.getAsInt())
              + (errno.getAsInt() == Errno.EPERM ? "; does a firewall forbid it?" : "");
      return Optional.empty();
    }
    do {
      Optional<ByteBuffer> packet = way.device().read();
      while (packet.isPresent()) {
        Optional<ProbePacket> probe =
            ProbePacket.decode(packet.get(), way.end(), sa.destination(), sa.spi())
                .filter(seen -> seen.sequence() == sequence);
        if (probe.isPresent()) {
          return probe;
        }
        packet = way.device().read();
      }
    } while (way.device().await(MILLISECONDS));
    trouble =
        "a packet that is sent through it does not come to device "
            + way.device().name()
            + "; does a firewall drop it?";
    return Optional.empty();
  }

  @Override
  public String trouble() {
    return trouble;
  }

  @Override
  public void close() {
    socket.close();
  }
}
