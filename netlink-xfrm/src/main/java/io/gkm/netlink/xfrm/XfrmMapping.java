package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.net.InetAddress;

/**
 * XFRM_MSG_MAPPING (struct xfrm_user_mapping, 64 octets): the event that a peer behind a NAT now
 * sends from another address or port: SA(24), reqid(4), old source(16), new source(16), old port(2,
 * network order), new port(2, network order).
 */
public record XfrmMapping(
    XfrmSaId id,
    int reqid,
    InetAddress oldSource,
    InetAddress newSource,
    int oldPort,
    int newPort,
    XfrmAttributes attributes)
    implements XfrmMessage {
  public XfrmMapping {
    XfrmAddresses.sameFamily("mapping", id.destination(), oldSource);
    XfrmAddresses.sameFamily("mapping", oldSource, newSource);
    XfrmRange.check("old port", oldPort, 0xffff);
    XfrmRange.check("new port", newPort, 0xffff);
  }

  static XfrmMapping decode(StructReader in) throws NetlinkCodecException {
    XfrmSaId id = XfrmSaId.decode(in);
    int reqid = in.s32("mapping reqid");
    InetAddress oldSource =
        XfrmAddresses.decode(XfrmAddresses.raw(in, "mapping old_saddr"), id.family());
    InetAddress newSource =
        XfrmAddresses.decode(XfrmAddresses.raw(in, "mapping new_saddr"), id.family());
    int oldPort = in.be16("mapping old_sport");
    int newPort = in.be16("mapping new_sport");
    XfrmAttributes attributes = XfrmAttributes.decode(in, id.family());
    return new XfrmMapping(
        id.withMark(attributes.mark()),
        reqid,
        oldSource,
        newSource,
        oldPort,
        newPort,
        attributes.without(XfrmAttributeType.MARK));
  }

  @Override
  public XfrmMessageType type() {
    return XfrmMessageType.MAPPING;
  }

  @Override
  public void encode(StructWriter out) {
    id.encode(out);
    out.u32(reqid);
    XfrmAddresses.encode(oldSource, out);
    XfrmAddresses.encode(newSource, out);
    out.be16(oldPort).be16(newPort);
    id.mark().encodeUnlessNone(out);
    attributes.encode(out);
  }

  @Override
  public String operation() {
    return "map";
  }

  @Override
  public String object() {
    return id.from(oldSource);
  }
}
