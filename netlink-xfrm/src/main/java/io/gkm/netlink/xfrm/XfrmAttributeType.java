package io.gkm.netlink.xfrm;

import java.util.Optional;

/**
 * Attribute types of NETLINK_XFRM (enum xfrm_attr_type_t of linux/xfrm.h, Linux 7.3), without
 * XFRMA_UNSPEC and the filler XFRMA_PAD.
 */
public enum XfrmAttributeType {
  ALG_AUTH(1),
  ALG_CRYPT(2),
  ALG_COMP(3),
  ENCAP(4),
  TMPL(5),
  SA(6),
  POLICY(7),
  SEC_CTX(8),
  LTIME_VAL(9),
  REPLAY_VAL(10),
  REPLAY_THRESH(11, XfrmNumber.Width.U32),
  ETIMER_THRESH(12, XfrmNumber.Width.U32),
  SRCADDR(13),
  COADDR(14),
  LASTUSED(15, XfrmNumber.Width.U64),
  POLICY_TYPE(16),
  MIGRATE(17),
  ALG_AEAD(18),
  KMADDRESS(19),
  ALG_AUTH_TRUNC(20),
  MARK(21),
  TFCPAD(22, XfrmNumber.Width.U32),
  REPLAY_ESN_VAL(23),
  SA_EXTRA_FLAGS(24, XfrmNumber.Width.U32),
  PROTO(25, XfrmNumber.Width.U8),
  ADDRESS_FILTER(26),
  OFFLOAD_DEV(28),
  SET_MARK(29, XfrmNumber.Width.U32),
  SET_MARK_MASK(30, XfrmNumber.Width.U32),
  IF_ID(31, XfrmNumber.Width.U32),
  MTIMER_THRESH(32, XfrmNumber.Width.U32),
  SA_DIR(33, XfrmNumber.Width.U8),
  NAT_KEEPALIVE_INTERVAL(34, XfrmNumber.Width.U32),
  SA_PCPU(35, XfrmNumber.Width.U32),
  IPTFS_DROP_TIME(36, XfrmNumber.Width.U32),
  IPTFS_REORDER_WINDOW(37, XfrmNumber.Width.U16),
  IPTFS_DONT_FRAG(38, XfrmNumber.Width.FLAG),
  IPTFS_INIT_DELAY(39, XfrmNumber.Width.U32),
  IPTFS_MAX_QSIZE(40, XfrmNumber.Width.U32),
  IPTFS_PKT_SIZE(41, XfrmNumber.Width.U32);

  /** XFRMA_PAD: nothing but space, so that what follows is aligned. */
  static final int PAD = 27;

  private static final int LAST = 41;

  /** By number; a hole is a type that is none. */
  private static final XfrmAttributeType[] BY_NUMBER = byNumber();

  private final int number;
  private final Optional<XfrmNumber.Width> width;

  XfrmAttributeType(int number) {
    this.number = number;
    this.width = Optional.empty();
  }

  XfrmAttributeType(int number, XfrmNumber.Width width) {
    this.number = number;
    this.width = Optional.of(width);
  }

  private static XfrmAttributeType[] byNumber() {
    XfrmAttributeType[] types = new XfrmAttributeType[LAST + 1];
    for (XfrmAttributeType type : values()) {
      types[type.number] = type;
    }
    return types;
  }

  /** nla_type. */
  public int number() {
    return number;
  }

  /** How wide it is, where the attribute is but a number or a flag. */
  Optional<XfrmNumber.Width> width() {
    return width;
  }

  /** The name in the header. */
  public String headerName() {
    return "XFRMA_" + name();
  }

  /** The type of this number, if the header has one. */
  public static Optional<XfrmAttributeType> of(int number) {
    return number >= 0 && number <= LAST
        ? Optional.ofNullable(BY_NUMBER[number])
        : Optional.empty();
  }

  /** The header's name of a number, or the number where the header has none. */
  public static String name(int number) {
    return of(number).map(XfrmAttributeType::headerName).orElse("attribute " + number);
  }
}
