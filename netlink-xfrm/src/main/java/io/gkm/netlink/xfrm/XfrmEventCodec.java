package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.NetlinkMessage;
import io.gkm.netlink.StructReader;
import java.net.InetAddress;
import java.util.Optional;

/** Messages of the multicast groups as events. */
final class XfrmEventCodec {
  private XfrmEventCodec() {}

  static Optional<XfrmEvent> decode(NetlinkMessage message) throws NetlinkCodecException {
    return switch (message.type()) {
      case XfrmMessageType.EXPIRE -> expire(message.reader());
      case XfrmMessageType.ACQUIRE -> Optional.of(acquire(message.reader()));
      case XfrmMessageType.NEWSA,
          XfrmMessageType.UPDSA,
          XfrmMessageType.DELSA,
          XfrmMessageType.FLUSHSA ->
          Optional.of(new XfrmEvent.SasChanged(message.type()));
      case XfrmMessageType.NEWPOLICY,
          XfrmMessageType.UPDPOLICY,
          XfrmMessageType.DELPOLICY,
          XfrmMessageType.POLEXPIRE,
          XfrmMessageType.FLUSHPOLICY ->
          Optional.of(new XfrmEvent.PoliciesChanged(message.type()));
      default -> Optional.empty();
    };
  }

  /** struct xfrm_user_expire: the SA, hard(1), pad(7). A larval state that ends is no event. */
  private static Optional<XfrmEvent> expire(StructReader in) throws NetlinkCodecException {
    byte[] struct = in.bytes("xfrm_user_expire state", XfrmSaCodec.LENGTH);
    boolean hard = in.u8("hard") != 0;
    if (XfrmSaCodec.isLarval(StructReader.of(struct))) {
      return Optional.empty();
    }
    XfrmSa sa = XfrmSaCodec.decodeStruct(StructReader.of(struct)).build();
    return Optional.of(new XfrmEvent.SaExpired(sa.id(), sa.reqid(), hard));
  }

  /** struct xfrm_user_acquire: id(24), saddr(16), selector(56), ... */
  private static XfrmEvent acquire(StructReader in) throws NetlinkCodecException {
    byte[] daddr = XfrmAddresses.raw(in, "acquire daddr");
    in.skip("acquire spi", 4);
    int protocol = in.u8("acquire proto");
    in.skip("acquire padding and saddr", 19);
    XfrmSelector flow = XfrmSelector.decode(in);
    InetAddress destination = XfrmAddresses.decode(daddr, XfrmAddresses.family(flow.destination()));
    return new XfrmEvent.Acquire(flow, destination, protocol);
  }
}
