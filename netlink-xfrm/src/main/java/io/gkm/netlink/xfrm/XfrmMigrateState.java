package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.net.InetAddress;

/**
 * XFRM_MSG_MIGRATE_STATE (struct xfrm_user_migrate_state, 132 octets, since Linux 7.2): moves one
 * SA to other addresses without a policy: SA(24), new destination(16), new source(16), old mark(8),
 * new selector(56), new reqid(4), flags(4), new family(2), reserved(2).
 *
 * @param id with the mark that it has now
 * @param migrateFlags {@link #CLEAR_OFFLOAD}, {@link #UPDATE_SELECTOR}; the kernel refuses others
 */
public record XfrmMigrateState(
    XfrmSaId id,
    InetAddress newSource,
    InetAddress newDestination,
    XfrmSelector newSelector,
    int newReqid,
    int migrateFlags,
    XfrmAttributes attributes)
    implements XfrmMessage {
  /** Do not take over the offload to a device. */
  public static final int CLEAR_OFFLOAD = 1;

  /** Make the selector of a host-to-host SA anew of the new addresses. */
  public static final int UPDATE_SELECTOR = 2;

  public XfrmMigrateState {
    XfrmAddresses.sameFamily("new addresses", newSource, newDestination);
  }

  static XfrmMigrateState decode(StructReader in) throws NetlinkCodecException {
    XfrmSaId id = XfrmSaId.decode(in);
    byte[] daddr = XfrmAddresses.raw(in, "migrate_state new_daddr");
    byte[] saddr = XfrmAddresses.raw(in, "migrate_state new_saddr");
    XfrmMark mark = XfrmMark.decode(in);
    XfrmSelector selector = XfrmSelector.decode(in);
    int reqid = in.s32("migrate_state new_reqid");
    int flags = in.s32("migrate_state flags");
    int family = in.u16("migrate_state new_family");
    in.skip("migrate_state reserved", 2);
    return new XfrmMigrateState(
        id.withMark(mark),
        XfrmAddresses.decode(saddr, family),
        XfrmAddresses.decode(daddr, family),
        selector,
        reqid,
        flags,
        XfrmAttributes.decode(in, family));
  }

  @Override
  public XfrmMessageType type() {
    return XfrmMessageType.MIGRATE_STATE;
  }

  @Override
  public void encode(StructWriter out) {
    id.encode(out);
    XfrmAddresses.encode(newDestination, out);
    XfrmAddresses.encode(newSource, out);
    id.mark().encode(out);
    newSelector.encode(out);
    out.u32(newReqid).u32(migrateFlags);
    out.u16(XfrmAddresses.family(newDestination)).zeros(2);
    attributes.encode(out);
  }

  @Override
  public String operation() {
    return "migrate";
  }

  @Override
  public String object() {
    return id.toString();
  }

  @Override
  public XfrmMigrateState withoutKeys() {
    return new XfrmMigrateState(
        id,
        newSource,
        newDestination,
        newSelector,
        newReqid,
        migrateFlags,
        attributes.withoutKeys());
  }

  @Override
  public void wipe() {
    attributes.wipe();
  }
}
