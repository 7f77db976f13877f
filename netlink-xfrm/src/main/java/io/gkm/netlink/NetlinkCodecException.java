package io.gkm.netlink;

/** A message that is not what the kernel's headers say: which field, and what is wrong with it. */
public final class NetlinkCodecException extends NetlinkException {
  private static final long serialVersionUID = 1L;

  public NetlinkCodecException(String field, String problem) {
    super("malformed netlink message: " + field + ": " + problem, 0);
  }

  /**
   * @param offset of the field, in octets from the start of the datagram
   */
  public NetlinkCodecException(String field, int offset, String problem) {
    this(field + " at offset " + offset, problem);
  }
}
