package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;

/**
 * XFRM_MSG_FLUSHSA (struct xfrm_usersa_flush, 1 octet): removes all SAs of a protocol, whoever
 * added them; and the event of that.
 *
 * @param protocol {@link XfrmProtocol}; 0 or {@link XfrmProtocol#ANY} for all
 */
public record XfrmFlushSas(int protocol, XfrmAttributes attributes) implements XfrmMessage {
  public XfrmFlushSas {
    XfrmRange.check("protocol", protocol, 0xff);
  }

  public static XfrmFlushSas of(int protocol) {
    return new XfrmFlushSas(protocol, XfrmAttributes.NONE);
  }

  static XfrmFlushSas decode(StructReader in) throws NetlinkCodecException {
    int protocol = in.u8("usersa_flush proto");
    in.skip("usersa_flush padding", Math.min(3, in.remaining()));
    return new XfrmFlushSas(protocol, XfrmAttributes.decode(in, XfrmAddresses.AF_UNSPEC));
  }

  @Override
  public XfrmMessageType type() {
    return XfrmMessageType.FLUSHSA;
  }

  @Override
  public void encode(StructWriter out) {
    out.u8(protocol);
    if (!attributes.equals(XfrmAttributes.NONE)) {
      out.zeros(3);
      attributes.encode(out);
    }
  }

  @Override
  public String operation() {
    return "flush";
  }

  @Override
  public String object() {
    return "SAs";
  }
}
