package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;

/**
 * XFRM_MSG_GETSA with NLM_F_DUMP: asks for all SAs that a filter lets pass. It has no struct, only
 * attributes: {@link XfrmAddressFilter} and XFRMA_PROTO.
 */
public record XfrmDumpSas(XfrmAttributes filter) implements XfrmMessage {
  /** All SAs. */
  public static final XfrmDumpSas ALL = new XfrmDumpSas(XfrmAttributes.NONE);

  /** SAs whose addresses are in these prefixes. */
  public static XfrmDumpSas of(XfrmAddressFilter filter) {
    return new XfrmDumpSas(XfrmAttributes.of(filter));
  }

  /** SAs of one protocol, see {@link XfrmProtocol}. */
  public static XfrmDumpSas of(int protocol) {
    return ALL.protocol(protocol);
  }

  /** The same for one protocol alone. */
  public XfrmDumpSas protocol(int protocol) {
    return new XfrmDumpSas(filter.with(new XfrmNumber(XfrmAttributeType.PROTO, protocol)));
  }

  static XfrmDumpSas decode(StructReader in) throws NetlinkCodecException {
    return new XfrmDumpSas(XfrmAttributes.decode(in, XfrmAddresses.AF_UNSPEC));
  }

  @Override
  public XfrmMessageType type() {
    return XfrmMessageType.GETSA;
  }

  @Override
  public void encode(StructWriter out) {
    filter.encode(out);
  }

  @Override
  public String operation() {
    return "list";
  }

  @Override
  public String object() {
    return "SAs";
  }
}
