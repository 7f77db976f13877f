package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.net.InetAddress;

/**
 * XFRMA_KMADDRESS of a migration: the addresses that IKE uses with the peer from now on (struct
 * xfrm_user_kmaddress, 40 octets): local(16), remote(16), reserved(4), family(2), pad(2).
 */
public record XfrmKeyManagerAddress(InetAddress local, InetAddress remote)
    implements XfrmAttribute {
  public XfrmKeyManagerAddress {
    XfrmAddresses.sameFamily("key manager address", local, remote);
  }

  static XfrmKeyManagerAddress decode(StructReader in) throws NetlinkCodecException {
    byte[] local = XfrmAddresses.raw(in, "kmaddress local");
    byte[] remote = XfrmAddresses.raw(in, "kmaddress remote");
    in.skip("kmaddress reserved", 4);
    int family = in.u16("kmaddress family");
    in.skip("kmaddress padding", 2);
    return new XfrmKeyManagerAddress(
        XfrmAddresses.decode(local, family), XfrmAddresses.decode(remote, family));
  }

  @Override
  public int attributeNumber() {
    return XfrmAttributeType.KMADDRESS.number();
  }

  @Override
  public void encode(StructWriter out) {
    XfrmAddresses.encode(local, out);
    XfrmAddresses.encode(remote, out);
    out.zeros(4).u16(XfrmAddresses.family(local)).zeros(2);
  }
}
