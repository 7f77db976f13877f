package io.gkm.netlink;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The kernel's refusal of one request (NLMSG_ERROR with the extended acknowledgement of
 * linux/netlink.h).
 *
 * @param errno positive
 * @param message the kernel's words, where it says any
 * @param offset of the attribute it complains about, in octets from the request's nlmsghdr
 * @param missingType the attribute it misses
 * @param missingNest offset of the attribute in which it misses it; absent: in the message itself
 */
public record KernelError(
    int errno,
    Optional<String> message,
    OptionalInt offset,
    OptionalInt missingType,
    OptionalInt missingNest) {
  private static final int ATTR_MSG = 1;
  private static final int ATTR_OFFS = 2;
  private static final int ATTR_MISS_TYPE = 5;
  private static final int ATTR_MISS_NEST = 6;
  private static final int TYPE_MASK = 0x3fff;

  /** An error without words. */
  public static KernelError of(int errno) {
    return new KernelError(
        errno, Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
  }

  /** The error of an acknowledgement; nothing where the request succeeded. */
  public static Optional<KernelError> decode(NetlinkMessage ack) throws NetlinkCodecException {
    StructReader in = ack.payload();
    int error = in.s32("nlmsgerr error");
    if (error == 0) {
      return Optional.empty();
    }
    if (error > 0 || error == Integer.MIN_VALUE) {
      throw in.malformed("nlmsgerr error", error + " is no negative error number");
    }
    if (!ack.has(NetlinkMessage.F_ACK_TLVS)) {
      return Optional.of(of(-error));
    }
    long length = in.u32("nlmsgerr length");
    in.skip("nlmsgerr header", NetlinkMessage.HEADER - 4);
    if (!ack.has(NetlinkMessage.F_CAPPED) && length > NetlinkMessage.HEADER) {
      long payload = ((length + 3) & ~3L) - NetlinkMessage.HEADER;
      in.skip("nlmsgerr request", (int) Math.min(payload, Integer.MAX_VALUE));
    }
    return Optional.of(decode(-error, in));
  }

  /**
   * The error of a dump's end: NLMSG_DONE holds 0 or more, or a negative error number where the
   * kernel gave up halfway. Attributes follow the number at once.
   */
  public static Optional<KernelError> decodeDone(NetlinkMessage done) throws NetlinkCodecException {
    StructReader in = done.payload();
    int error = in.s32("nlmsg_done error");
    if (error >= 0) {
      return Optional.empty();
    }
    if (error == Integer.MIN_VALUE) {
      throw in.malformed("nlmsg_done error", Integer.toString(error));
    }
    return Optional.of(done.has(NetlinkMessage.F_ACK_TLVS) ? decode(-error, in) : of(-error));
  }

  private static KernelError decode(int errno, StructReader in) throws NetlinkCodecException {
    Optional<String> message = Optional.empty();
    OptionalInt offset = OptionalInt.empty();
    OptionalInt missingType = OptionalInt.empty();
    OptionalInt missingNest = OptionalInt.empty();
    while (in.remaining() > 0) {
      NetlinkAttribute attribute = NetlinkAttribute.decode(in);
      StructReader value = attribute.value();
      switch (attribute.type() & TYPE_MASK) {
        case ATTR_MSG ->
            message = Optional.of(value.openText("NLMSGERR_ATTR_MSG", value.remaining()));
        case ATTR_OFFS -> offset = OptionalInt.of(value.s32("NLMSGERR_ATTR_OFFS"));
        case ATTR_MISS_TYPE -> missingType = OptionalInt.of(value.s32("NLMSGERR_ATTR_MISS_TYPE"));
        case ATTR_MISS_NEST -> missingNest = OptionalInt.of(value.s32("NLMSGERR_ATTR_MISS_NEST"));
        // The cookie and the attribute's policy say nothing that xfrm fills in.
        default -> {}
      }
    }
    return new KernelError(errno, message, offset, missingType, missingNest);
  }
}
