package io.gkm.netlink.xfrm;

import java.util.Optional;

/** Message types of NETLINK_XFRM (XFRM_MSG_* of linux/xfrm.h, Linux 7.3). */
public enum XfrmMessageType {
  NEWSA(0x10, 224),
  DELSA(0x11, 24),
  GETSA(0x12, 24),
  NEWPOLICY(0x13, 168),
  DELPOLICY(0x14, 64),
  GETPOLICY(0x15, 64),
  ALLOCSPI(0x16, 232),
  ACQUIRE(0x17, 280),
  EXPIRE(0x18, 232),
  UPDPOLICY(0x19, 168),
  UPDSA(0x1a, 224),
  POLEXPIRE(0x1b, 176),
  FLUSHSA(0x1c, 1),
  FLUSHPOLICY(0x1d, 0),
  NEWAE(0x1e, 48),
  GETAE(0x1f, 48),
  REPORT(0x20, 60),
  MIGRATE(0x21, 64),
  NEWSADINFO(0x22, 4),
  GETSADINFO(0x23, 4),
  NEWSPDINFO(0x24, 4),
  GETSPDINFO(0x25, 4),
  MAPPING(0x26, 64),
  SETDEFAULT(0x27, 3),
  GETDEFAULT(0x28, 3),
  MIGRATE_STATE(0x29, 132);

  private static final XfrmMessageType[] ALL = values();

  private final int number;
  private final int structLength;

  XfrmMessageType(int number, int structLength) {
    this.number = number;
    this.structLength = structLength;
  }

  /** nlmsg_type. */
  public int number() {
    return number;
  }

  /** Octets of the struct between the message's header and its attributes, without padding. */
  public int structLength() {
    return structLength;
  }

  /** The name in the header. */
  public String headerName() {
    return "XFRM_MSG_" + name();
  }

  /** The type of this number, if the header has one. */
  public static Optional<XfrmMessageType> of(int number) {
    // Without a hole from the first to the last, in the order of the header.
    int index = number - NEWSA.number;
    return index >= 0 && index < ALL.length ? Optional.of(ALL[index]) : Optional.empty();
  }
}
