package io.gkm.netlink;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The kernel's refusal of one request (NLMSG_ERROR with extended acknowledgement).
 *
 * @param errno positive
 * @param message the kernel's words, where it says any
 * @param offset of the attribute it complains about, in octets from the request's nlmsghdr
 * @param missingType the attribute it misses
 */
public record KernelError(
    int errno, Optional<String> message, OptionalInt offset, OptionalInt missingType) {
  private static final int ATTR_MSG = 1;
  private static final int ATTR_OFFS = 2;
  private static final int ATTR_MISS_TYPE = 5;

  /** The error of an acknowledgement; nothing where the request succeeded. */
  static Optional<KernelError> decode(NetlinkMessage ack) throws NetlinkCodecException {
    StructReader in = ack.reader();
    int error = in.s32("nlmsgerr error");
    if (error == 0) {
      return Optional.empty();
    }
    if (error > 0) {
      throw new NetlinkCodecException("nlmsgerr error", error + " is positive");
    }
    if (!ack.has(NetlinkMessage.F_ACK_TLVS)) {
      return Optional.of(
          new KernelError(-error, Optional.empty(), OptionalInt.empty(), OptionalInt.empty()));
    }
    long length = in.u32("nlmsgerr length");
    in.skip("nlmsgerr header", NetlinkMessage.HEADER - 4);
    if (!ack.has(NetlinkMessage.F_CAPPED)) {
      int payload = NetlinkMessage.align((int) Math.min(length, 1 << 24)) - NetlinkMessage.HEADER;
      in.skip("nlmsgerr request", Math.max(0, payload));
    }
    return Optional.of(of(-error, NetlinkAttributes.decode(in)));
  }

  /**
   * The error of a dump's end: NLMSG_DONE holds 0 or more, or a negative error number where the
   * kernel gave up halfway. Attributes follow the number at once.
   */
  static Optional<KernelError> decodeDone(NetlinkMessage done) throws NetlinkCodecException {
    StructReader in = done.reader();
    int error = in.s32("nlmsg_done error");
    if (error >= 0) {
      return Optional.empty();
    }
    if (!done.has(NetlinkMessage.F_ACK_TLVS)) {
      return Optional.of(
          new KernelError(-error, Optional.empty(), OptionalInt.empty(), OptionalInt.empty()));
    }
    return Optional.of(of(-error, NetlinkAttributes.decode(in)));
  }

  private static KernelError of(int errno, NetlinkAttributes attributes)
      throws NetlinkCodecException {
    Optional<String> message = Optional.empty();
    Optional<StructReader> text = attributes.find(ATTR_MSG);
    if (text.isPresent()) {
      message = Optional.of(text.get().text("NLMSGERR_ATTR_MSG", text.get().remaining()));
    }
    return new KernelError(
        errno, message, number(attributes, ATTR_OFFS), number(attributes, ATTR_MISS_TYPE));
  }

  private static OptionalInt number(NetlinkAttributes attributes, int type)
      throws NetlinkCodecException {
    Optional<StructReader> value = attributes.find(type);
    return value.isPresent()
        ? OptionalInt.of(value.get().s32("NLMSGERR_ATTR " + type))
        : OptionalInt.empty();
  }
}
