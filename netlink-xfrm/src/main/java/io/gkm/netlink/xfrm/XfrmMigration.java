package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.net.InetAddress;

/**
 * How one template of a policy and its SA move to other addresses (struct xfrm_user_migrate, 76
 * octets): old destination(16), old source(16), new destination(16), new source(16), protocol(1),
 * mode(1), reserved(2), reqid(4), old family(2), new family(2).
 *
 * @param mode {@link XfrmMode}
 */
public record XfrmMigration(
    InetAddress oldSource,
    InetAddress oldDestination,
    InetAddress newSource,
    InetAddress newDestination,
    int protocol,
    int mode,
    int reqid) {
  static final int LENGTH = 76;

  public XfrmMigration {
    XfrmAddresses.sameFamily("old addresses", oldSource, oldDestination);
    XfrmAddresses.sameFamily("new addresses", newSource, newDestination);
    XfrmRange.check("protocol", protocol, 0xff);
    XfrmRange.check("mode", mode, 0xff);
  }

  static XfrmMigration decode(StructReader in) throws NetlinkCodecException {
    byte[] oldDaddr = XfrmAddresses.raw(in, "migrate old_daddr");
    byte[] oldSaddr = XfrmAddresses.raw(in, "migrate old_saddr");
    byte[] newDaddr = XfrmAddresses.raw(in, "migrate new_daddr");
    byte[] newSaddr = XfrmAddresses.raw(in, "migrate new_saddr");
    int proto = in.u8("migrate proto");
    int mode = in.u8("migrate mode");
    in.skip("migrate reserved", 2);
    int reqid = in.s32("migrate reqid");
    int oldFamily = in.u16("migrate old_family");
    int newFamily = in.u16("migrate new_family");
    return new XfrmMigration(
        XfrmAddresses.decode(oldSaddr, oldFamily),
        XfrmAddresses.decode(oldDaddr, oldFamily),
        XfrmAddresses.decode(newSaddr, newFamily),
        XfrmAddresses.decode(newDaddr, newFamily),
        proto,
        mode,
        reqid);
  }

  void encode(StructWriter out) {
    XfrmAddresses.encode(oldDestination, out);
    XfrmAddresses.encode(oldSource, out);
    XfrmAddresses.encode(newDestination, out);
    XfrmAddresses.encode(newSource, out);
    out.u8(protocol).u8(mode).zeros(2).u32(reqid);
    out.u16(XfrmAddresses.family(oldDestination)).u16(XfrmAddresses.family(newDestination));
  }
}
