package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.util.Optional;

/**
 * XFRM_MSG_DELSA (struct xfrm_usersa_id): removes an SA; and the event that one was removed, which
 * has the SA with it.
 *
 * @param attributes beside the mark
 */
public record XfrmDeleteSa(XfrmSaId id, XfrmAttributes attributes) implements XfrmMessage {
  public static XfrmDeleteSa of(XfrmSaId id) {
    return new XfrmDeleteSa(id, XfrmAttributes.NONE);
  }

  static XfrmDeleteSa decode(StructReader in) throws NetlinkCodecException {
    XfrmSaId id = XfrmSaId.decode(in);
    XfrmAttributes attributes = XfrmAttributes.decode(in, id.family());
    return new XfrmDeleteSa(
        id.withMark(attributes.mark()), attributes.without(XfrmAttributeType.MARK));
  }

  /** The SA that was removed, in an event. */
  public Optional<XfrmSa> sa() {
    return attributes.find(XfrmSaInfo.class).map(info -> new XfrmSa(info, rest()));
  }

  private XfrmAttributes rest() {
    XfrmAttributes rest = attributes.without(XfrmAttributeType.SA);
    return id.mark().equals(XfrmMark.NONE) ? rest : rest.with(id.mark());
  }

  @Override
  public XfrmMessageType type() {
    return XfrmMessageType.DELSA;
  }

  @Override
  public void encode(StructWriter out) {
    id.encode(out);
    id.mark().encodeUnlessNone(out);
    attributes.encode(out);
  }

  @Override
  public String operation() {
    return "delete";
  }

  @Override
  public String object() {
    return id.toString();
  }

  @Override
  public XfrmDeleteSa withoutKeys() {
    return new XfrmDeleteSa(id, attributes.withoutKeys());
  }

  @Override
  public void wipe() {
    attributes.wipe();
  }
}
