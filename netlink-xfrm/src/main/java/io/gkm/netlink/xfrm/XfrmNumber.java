package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;

/**
 * An attribute that is one number in the machine's byte order, or a flag without content.
 *
 * @param type one of those that are numbers, such as {@link XfrmAttributeType#IF_ID}
 * @param value without sign; of LASTUSED all 64 bits; 1 for a flag, whose presence says all
 */
public record XfrmNumber(XfrmAttributeType type, long value) implements XfrmAttribute {
  /** How many bits. */
  enum Width {
    FLAG(1),
    U8(0xff),
    U16(0xffff),
    U32(0xffffffffL),
    U64(-1);

    private final long max;

    Width(long max) {
      this.max = max;
    }
  }

  public XfrmNumber {
    Width width =
        type.width()
            .orElseThrow(() -> new IllegalArgumentException(type.headerName() + " is no number"));
    if (width != Width.U64 && (value < 0 || value > width.max)) {
      throw new IllegalArgumentException(
          type.headerName() + " " + value + ", 0 to " + width.max + " are right");
    }
    if (width == Width.FLAG && value != 1) {
      throw new IllegalArgumentException(type.headerName() + " is there or is not");
    }
  }

  /** 32 bits whatever their sign. */
  static XfrmNumber ofBits(XfrmAttributeType type, int bits) {
    return new XfrmNumber(type, bits & 0xffffffffL);
  }

  static XfrmNumber decode(XfrmAttributeType type, StructReader in) throws NetlinkCodecException {
    String field = type.headerName();
    return new XfrmNumber(
        type,
        switch (type.width().orElseThrow()) {
          case FLAG -> 1;
          case U8 -> in.u8(field);
          case U16 -> in.u16(field);
          case U32 -> in.u32(field);
          case U64 -> in.u64(field);
        });
  }

  @Override
  public int attributeNumber() {
    return type.number();
  }

  @Override
  public void encode(StructWriter out) {
    switch (type.width().orElseThrow()) {
      case FLAG -> {}
      case U8 -> out.u8((int) value);
      case U16 -> out.u16((int) value);
      case U32 -> out.u32(value);
      case U64 -> out.u64(value);
    }
  }
}
