package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;

/**
 * XFRM_MSG_GETSA (struct xfrm_usersa_id): asks for one SA; the reply is {@link XfrmNewSa}.
 *
 * @param attributes beside the mark
 */
public record XfrmGetSa(XfrmSaId id, XfrmAttributes attributes) implements XfrmMessage {
  public static XfrmGetSa of(XfrmSaId id) {
    return new XfrmGetSa(id, XfrmAttributes.NONE);
  }

  static XfrmGetSa decode(StructReader in) throws NetlinkCodecException {
    XfrmSaId id = XfrmSaId.decode(in);
    XfrmAttributes attributes = XfrmAttributes.decode(in, id.family());
    return new XfrmGetSa(
        id.withMark(attributes.mark()), attributes.without(XfrmAttributeType.MARK));
  }

  @Override
  public XfrmMessageType type() {
    return XfrmMessageType.GETSA;
  }

  @Override
  public void encode(StructWriter out) {
    id.encode(out);
    id.mark().encodeUnlessNone(out);
    attributes.encode(out);
  }

  @Override
  public String operation() {
    return "get";
  }

  @Override
  public String object() {
    return id.toString();
  }
}
