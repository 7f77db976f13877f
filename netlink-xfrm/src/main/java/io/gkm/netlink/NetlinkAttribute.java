package io.gkm.netlink;

/**
 * One attribute of a message (struct nlattr of linux/netlink.h): length(2), type(2), content,
 * padding to four octets.
 *
 * @param type with its flags NLA_F_NESTED and NLA_F_NET_BYTEORDER taken away
 * @param value read in place
 */
public record NetlinkAttribute(int type, StructReader value) {
  /** Octets of the attribute's header. */
  public static final int HEADER = 4;

  private static final int TYPE_MASK = 0x3fff;

  /** The next attribute, which it consumes together with its padding. */
  public static NetlinkAttribute decode(StructReader in) throws NetlinkCodecException {
    int length = in.u16("nla_len");
    int type = in.u16("nla_type") & TYPE_MASK;
    if (length < HEADER) {
      throw in.malformed("nla_len", length + " of attribute " + type);
    }
    StructReader value = in.slice("attribute " + type, length - HEADER);
    in.skip("attribute padding", Math.min(NetlinkMessage.align(length) - length, in.remaining()));
    return new NetlinkAttribute(type, value);
  }
}
