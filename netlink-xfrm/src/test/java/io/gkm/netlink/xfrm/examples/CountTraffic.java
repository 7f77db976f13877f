package io.gkm.netlink.xfrm.examples;

import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.NetworkNamespace;
import io.gkm.netlink.xfrm.XfrmAddressFilter;
import io.gkm.netlink.xfrm.XfrmClient;
import io.gkm.netlink.xfrm.XfrmDumpSas;
import io.gkm.netlink.xfrm.XfrmException;
import io.gkm.netlink.xfrm.XfrmProtocol;
import io.gkm.netlink.xfrm.XfrmSa;
import java.net.InetAddress;

/** 4. What the SAs of a group have carried, in another network namespace. */
final class CountTraffic {
  private CountTraffic() {}

  static long run(String namespace, InetAddress group) throws NetlinkException, XfrmException {
    long packets = 0;
    // begin
    try (XfrmClient client = XfrmClient.open(NetworkNamespace.of(namespace))) {
      XfrmDumpSas esp = XfrmDumpSas.of(XfrmAddressFilter.to(group, 32)).protocol(XfrmProtocol.ESP);
      for (XfrmSa sa : client.dumpSas(esp)) {
        packets += sa.usage().packets();
        // The kernel hands out the keys with the SA.
        sa.wipe();
      }
    }
    // end
    return packets;
  }
}
