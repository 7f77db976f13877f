package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.net.InetAddress;

/**
 * The state of an SA that must be known where another host takes it over (struct xfrm_aevent_id, 48
 * octets): SA(24), source(16), flags(4), reqid(4); the state itself is in attributes: {@link
 * XfrmReplayState} or {@link XfrmReplayEsn}, {@link XfrmUsage}, REPLAY_THRESH, ETIMER_THRESH,
 * MTIMER_THRESH.
 *
 * @param flags XFRM_AE_*: which attributes are asked for or changed, and why the event comes
 * @param attributes beside the mark
 */
public record XfrmAe(
    XfrmSaId id, InetAddress source, int flags, int reqid, XfrmAttributes attributes) {
  /** Replay threshold. */
  public static final int REPLAY_THRESHOLD = 1;

  /** Replay value. */
  public static final int REPLAY_VALUE = 2;

  /** Lifetime value. */
  public static final int LIFETIME_VALUE = 4;

  /** Timer threshold. */
  public static final int TIMER_THRESHOLD = 8;

  /** The event comes because the sequence numbers have moved. */
  public static final int CAUSE_REPLAY = 16;

  /** The event comes because the timer has ended. */
  public static final int CAUSE_TIMER = 32;

  /** The event comes because somebody changed the state. */
  public static final int CAUSE_UPDATE = 64;

  public XfrmAe {
    XfrmAddresses.sameFamily("SA", source, id.destination());
  }

  /** The state of this SA as far as these flags ask for it. */
  public static XfrmAe of(XfrmSaId id, int flags) {
    return new XfrmAe(id, XfrmAddresses.any(id.destination()), flags, 0, XfrmAttributes.NONE);
  }

  static XfrmAe decode(StructReader in) throws NetlinkCodecException {
    XfrmSaId id = XfrmSaId.decode(in);
    InetAddress source =
        XfrmAddresses.decode(XfrmAddresses.raw(in, "aevent_id saddr"), id.family());
    int flags = in.s32("aevent_id flags");
    int reqid = in.s32("aevent_id reqid");
    XfrmAttributes attributes = XfrmAttributes.decode(in, id.family());
    return new XfrmAe(
        id.withMark(attributes.mark()),
        source,
        flags,
        reqid,
        attributes.without(XfrmAttributeType.MARK));
  }

  void encode(StructWriter out) {
    id.encode(out);
    XfrmAddresses.encode(source, out);
    out.u32(flags).u32(reqid);
    id.mark().encodeUnlessNone(out);
    attributes.encode(out);
  }

  String object() {
    return id.from(source);
  }
}
