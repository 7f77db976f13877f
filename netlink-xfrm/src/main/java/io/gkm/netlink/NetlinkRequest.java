package io.gkm.netlink;

/** Something that can be asked of the kernel: a message type and its content. */
public interface NetlinkRequest {
  /** nlmsg_type. */
  int typeNumber();

  /** nlmsg_flags beside F_REQUEST, F_ACK and F_DUMP, which the connection sets. */
  default int flags() {
    return 0;
  }

  /**
   * Writes what follows the header: the message's struct and its attributes. Called again for the
   * same octets where an error is to be explained.
   *
   * @throws IllegalArgumentException where a value does not fit its field; nothing is sent then
   */
  void encode(StructWriter out);
}
