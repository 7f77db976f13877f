package io.gkm.dataplane;

import io.gkm.group.AddressText;
import io.gkm.netlink.Errno;
import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.xfrm.XfrmAead;
import io.gkm.netlink.xfrm.XfrmClient;
import io.gkm.netlink.xfrm.XfrmException;
import io.gkm.netlink.xfrm.XfrmKey;
import io.gkm.netlink.xfrm.XfrmSa;
import io.gkm.netlink.xfrm.XfrmSaDirection;
import java.net.InetAddress;

/**
 * Whether the kernel does ESP at all, and whether it can restrict an SA to one direction.
 * Attributes that a kernel does not know are ignored in silence, so an SA is added, read back and
 * removed.
 */
final class SaDirectionProbe {
  // TEST-NET-3 (RFC 5737): nothing is sent there, and no packet comes from there.
  private static final InetAddress NOWHERE =
      AddressText.address(new byte[] {(byte) 203, 0, 113, (byte) 255});
  private static final int FIRST_SPI = 0x674B0001;
  private static final int TRIES = 16;

  private SaDirectionProbe() {}

  /**
   * @throws XfrmException when the kernel has no ESP with AES-GCM, or we may not add SAs
   */
  static boolean run(XfrmClient client) throws NetlinkException, XfrmException {
    XfrmException taken = null;
    for (int i = 0; i < TRIES; i++) {
      XfrmSa sa = sa(FIRST_SPI + i);
      try {
        client.addSa(sa);
      } catch (XfrmException e) {
        if (e.errno() != Errno.EEXIST) {
          throw e;
        }
        taken = e;
        continue;
      }
      try {
        return client.getSa(sa.id()).map(s -> s.direction().isPresent()).orElse(false);
      } finally {
        client.deleteSa(sa.id());
      }
    }
    throw taken;
  }

  private static XfrmSa sa(int spi) {
    return XfrmSa.builder(XfrmSas.anySource(NOWHERE), NOWHERE, spi)
        .aead(new XfrmAead("rfc4106(gcm(aes))", XfrmKey.copyOf(new byte[20]), 128))
        .direction(XfrmSaDirection.IN)
        .build();
  }
}
