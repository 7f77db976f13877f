package io.gkm.netlink;

/**
 * A netlink message that was received (struct nlmsghdr of linux/netlink.h): length(4), type(2),
 * flags(2), sequence number(4), port id(4), all in the machine's byte order, then the payload.
 *
 * @param payload read in place: good as long as the datagram is
 */
public record NetlinkMessage(int type, int flags, int sequence, int portId, StructReader payload) {
  /** NLMSG_NOOP: nothing. */
  public static final int NOOP = 1;

  /** NLMSG_ERROR: an acknowledgement. */
  public static final int ERROR = 2;

  /** NLMSG_DONE: the end of a dump. */
  public static final int DONE = 3;

  public static final int F_REQUEST = 1;
  public static final int F_MULTI = 2;
  public static final int F_ACK = 4;
  public static final int F_DUMP_INTR = 0x10;
  public static final int F_DUMP = 0x300;

  /** On an acknowledgement: the request's payload is not in it. */
  public static final int F_CAPPED = 0x100;

  /** On an acknowledgement: attributes follow. */
  public static final int F_ACK_TLVS = 0x200;

  /** Octets of the header. */
  public static final int HEADER = 16;

  public boolean has(int flag) {
    return (flags & flag) == flag;
  }

  /** The next message of a datagram, which it consumes together with its padding. */
  public static NetlinkMessage decode(StructReader in) throws NetlinkCodecException {
    int length = in.s32("nlmsg_len");
    if (length < HEADER) {
      throw in.malformed("nlmsg_len", Integer.toString(length));
    }
    int type = in.u16("nlmsg_type");
    int flags = in.u16("nlmsg_flags");
    int sequence = in.s32("nlmsg_seq");
    int portId = in.s32("nlmsg_pid");
    StructReader payload = in.slice("nlmsg_len", length - HEADER);
    in.skip("nlmsg padding", Math.min(align(length) - length, in.remaining()));
    return new NetlinkMessage(type, flags, sequence, portId, payload);
  }

  /**
   * Begins a message; its length is not known yet.
   *
   * @return what {@link #end} wants
   */
  public static int begin(StructWriter out, int type, int flags, int sequence, int portId) {
    int start = out.size();
    out.u32(0).u16(type).u16(flags).u32(sequence).u32(portId);
    return start;
  }

  /** Ends a message: sets its length and pads it to a multiple of four octets. */
  public static void end(StructWriter out, int start) {
    int length = out.size() - start;
    out.patch(start, length);
    out.zeros(align(length) - length);
  }

  static int align(int length) {
    return (length + 3) & ~3;
  }
}
