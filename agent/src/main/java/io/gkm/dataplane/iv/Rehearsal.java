package io.gkm.dataplane.iv;

import io.gkm.netlink.Errno;
import io.gkm.netlink.NetlinkException;
import io.gkm.netlink.xfrm.XfrmAead;
import io.gkm.netlink.xfrm.XfrmAuthTrunc;
import io.gkm.netlink.xfrm.XfrmClient;
import io.gkm.netlink.xfrm.XfrmEncryption;
import io.gkm.netlink.xfrm.XfrmException;
import io.gkm.netlink.xfrm.XfrmKey;
import io.gkm.netlink.xfrm.XfrmSa;
import io.gkm.netlink.xfrm.XfrmSaBuilder;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Tries the way for probes with an SA like the one that is wanted, but with a key and an SPI that
 * nobody else knows: the group's key is used only on a way that has been seen to end here.
 */
final class Rehearsal {
  private static final int TRIES = 8;
  private static final int RESERVED_SPIS = 256;

  private Rehearsal() {}

  /**
   * @throws DrawingException when a probe does not come back, or its IVs are not made of a mask and
   *     the sequence number
   */
  static void hold(XfrmClient client, ProbeWay way, XfrmSa wanted)
      throws DrawingException, NetlinkException, XfrmException {
    SecureRandom random = new SecureRandom();
    XfrmSa sa = add(client, wanted, random);
    try (KernelProbe probe = new KernelProbe(way, way.socket(sa), sa.id())) {
      Optional<KernelIvs> first = probe.send(KernelIvs.PROBE_SEQUENCE).map(ProbePacket::ivs);
      Optional<KernelIvs> second =
          probe.send(KernelIvs.CONFIRMATION_SEQUENCE).map(ProbePacket::ivs);
      if (first.isEmpty() || second.isEmpty()) {
        throw new DrawingException(
            "the IVs of " + wanted.id() + " cannot be seen: " + probe.trouble());
      }
      if (!first.equals(second)) {
        throw new DrawingException(
            "this kernel does not make the IVs of " + wanted.id() + " of a fixed mask");
      }
    } finally {
      client.deleteSa(sa.id());
      sa.wipe();
    }
  }

  private static XfrmSa add(XfrmClient client, XfrmSa wanted, SecureRandom random)
      throws NetlinkException, XfrmException {
    for (int i = 1; ; i++) {
      XfrmSa sa = new Candidate(like(wanted, random)).tried();
      try {
        client.addSa(sa);
        return sa;
      } catch (XfrmException e) {
        sa.wipe();
        if (e.errno() != Errno.EEXIST || i == TRIES) {
          throw e;
        }
      }
    }
  }

  private static XfrmSa like(XfrmSa wanted, SecureRandom random) {
    int spi = random.nextInt() | RESERVED_SPIS;
    XfrmSaBuilder sa =
        XfrmSa.builder(wanted.source(), wanted.id().destination(), spi)
            .selector(wanted.selector())
            .mode(wanted.mode())
            .reqid(wanted.reqid())
            .flags(wanted.flags())
            .replay(wanted.replay());
    wanted
        .aead()
        .ifPresent(a -> sa.aead(new XfrmAead(a.name(), key(a.key(), random), a.icvBits())));
    wanted
        .encryption()
        .ifPresent(e -> sa.encryption(new XfrmEncryption(e.name(), key(e.key(), random))));
    wanted
        .authentication()
        .ifPresent(
            a ->
                sa.authentication(
                    new XfrmAuthTrunc(a.name(), key(a.key(), random), a.truncBits())));
    wanted.direction().ifPresent(sa::direction);
    return sa.build();
  }

  private static XfrmKey key(XfrmKey like, SecureRandom random) {
    byte[] octets = new byte[like.length()];
    random.nextBytes(octets);
    return XfrmKey.copyOf(octets);
  }
}
