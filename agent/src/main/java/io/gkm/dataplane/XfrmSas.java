package io.gkm.dataplane;

import io.gkm.group.AddressText;
import io.gkm.ike.crypto.Secret;
import io.gkm.netlink.xfrm.XfrmAead;
import io.gkm.netlink.xfrm.XfrmAuthTrunc;
import io.gkm.netlink.xfrm.XfrmEncryption;
import io.gkm.netlink.xfrm.XfrmKey;
import io.gkm.netlink.xfrm.XfrmLifetime;
import io.gkm.netlink.xfrm.XfrmMode;
import io.gkm.netlink.xfrm.XfrmReplay;
import io.gkm.netlink.xfrm.XfrmSa;
import io.gkm.netlink.xfrm.XfrmSaBuilder;
import io.gkm.netlink.xfrm.XfrmSaDirection;
import io.gkm.netlink.xfrm.XfrmSaId;
import java.net.InetAddress;
import java.util.Optional;

/** SAs to and from the netlink library. */
final class XfrmSas {
  private XfrmSas() {}

  static XfrmSaId encode(SaId id) {
    return XfrmSaId.of(id.destination(), id.spi(), id.protocol());
  }

  /** An SA for any source, in transport mode. The caller wipes it. */
  static XfrmSa encode(SaSpec spec, int reqid, Lifetime lifetime) {
    SaId id = spec.id();
    SaAlgorithms algorithms = spec.algorithms();
    XfrmSaBuilder sa =
        XfrmSa.builder(anySource(id.destination()), id.destination(), id.spi())
            .protocol(id.protocol())
            .selector(XfrmSelectors.encode(spec.selector()))
            .mode(XfrmMode.TRANSPORT)
            .reqid(reqid)
            .lifetime(encode(lifetime))
            .replay(XfrmReplay.window(spec.replayWindow()));
    if (algorithms.aeadIcvBits() > 0) {
      XfrmKey key = XfrmKey.copyOf(algorithms.encryptionKey().bytes());
      sa.aead(new XfrmAead(algorithms.encryption(), key, algorithms.aeadIcvBits()));
    } else {
      if (!algorithms.encryption().isEmpty()) {
        XfrmKey key = XfrmKey.copyOf(algorithms.encryptionKey().bytes());
        sa.encryption(new XfrmEncryption(algorithms.encryption(), key));
      }
      sa.authentication(
          new XfrmAuthTrunc(
              algorithms.integrity(),
              XfrmKey.copyOf(algorithms.integrityKey().bytes()),
              algorithms.truncatedBits()));
    }
    switch (spec.direction()) {
      case IN -> sa.direction(XfrmSaDirection.IN);
      case OUT -> sa.direction(XfrmSaDirection.OUT);
      case ANY -> {}
    }
    return sa.build();
  }

  private static XfrmLifetime encode(Lifetime lifetime) {
    return new XfrmLifetime(
        XfrmLifetime.INFINITE,
        XfrmLifetime.INFINITE,
        lifetime.softPackets(),
        XfrmLifetime.INFINITE,
        lifetime.softSeconds(),
        lifetime.hardSeconds(),
        0,
        0);
  }

  static SaId decode(XfrmSaId id) {
    return new SaId(id.destination(), id.spi(), id.protocol());
  }

  static KernelSa decode(XfrmSa sa) {
    SaSpec spec =
        new SaSpec(
            decode(sa.id()),
            XfrmSelectors.decode(sa.selector()),
            algorithms(sa),
            sa.replay().window(),
            sa.direction()
                .map(d -> d == XfrmSaDirection.IN ? SaDirection.IN : SaDirection.OUT)
                .orElse(SaDirection.ANY));
    return new KernelSa(
        spec,
        sa.reqid(),
        sa.mode() == XfrmMode.TRANSPORT,
        new Lifetime(
            sa.lifetime().softAddSeconds(),
            sa.lifetime().hardAddSeconds(),
            sa.lifetime().softPackets()),
        sa.usage().addTime(),
        sa.usage().packets(),
        sa.usage().bytes());
  }

  private static SaAlgorithms algorithms(XfrmSa sa) {
    if (sa.aead().isPresent()) {
      XfrmAead aead = sa.aead().get();
      return new SaAlgorithms(
          aead.name(), secret(aead.key()), aead.icvBits(), "", Secret.wrap(new byte[0]), 0);
    }
    Optional<XfrmEncryption> cipher = sa.encryption();
    Optional<XfrmAuthTrunc> integrity = sa.authentication();
    return new SaAlgorithms(
        cipher.map(XfrmEncryption::name).orElse(""),
        cipher.map(c -> secret(c.key())).orElseGet(() -> Secret.wrap(new byte[0])),
        0,
        integrity.map(XfrmAuthTrunc::name).orElse(""),
        integrity.map(i -> secret(i.key())).orElseGet(() -> Secret.wrap(new byte[0])),
        integrity.map(XfrmAuthTrunc::truncBits).orElse(0));
  }

  private static Secret secret(XfrmKey key) {
    return Secret.wrap(key.toArray());
  }

  static InetAddress anySource(InetAddress like) {
    return AddressText.address(new byte[like.getAddress().length]);
  }
}
