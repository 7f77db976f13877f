package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.NetlinkConnection.DumpReplies;
import io.gkm.netlink.NetlinkMessage;
import java.util.function.Function;

/** Hands the messages of a dump to a visitor as objects. */
final class Dump<T> implements DumpReplies {
  private final XfrmMessageType type;
  private final Function<XfrmMessage, T> object;
  private final XfrmVisitor<T> visitor;

  Dump(XfrmMessageType type, Function<XfrmMessage, T> object, XfrmVisitor<T> visitor) {
    this.type = type;
    this.object = object;
    this.visitor = visitor;
  }

  @Override
  public void reply(NetlinkMessage message) {
    if (message.type() != type.number()) {
      return;
    }
    XfrmMessage decoded;
    try {
      decoded = XfrmMessage.decode(type, false, message.payload());
    } catch (NetlinkCodecException e) {
      visitor.unreadable(e);
      return;
    }
    visitor.visit(object.apply(decoded));
  }

  @Override
  public void restarted() {
    visitor.restarted();
  }
}
