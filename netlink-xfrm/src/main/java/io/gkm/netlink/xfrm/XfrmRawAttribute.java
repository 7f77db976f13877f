package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.util.Arrays;

/**
 * An attribute that this library does not know: a newer kernel's. It is kept as it is and sent back
 * as it is. Its octets are not printed: they may be a key.
 */
public final class XfrmRawAttribute implements XfrmAttribute {
  private final int number;
  private final byte[] octets;

  /**
   * @param octets are copied
   */
  public XfrmRawAttribute(int number, byte[] octets) {
    this.number = number;
    this.octets = octets.clone();
  }

  static XfrmRawAttribute decode(int number, StructReader in) throws NetlinkCodecException {
    return new XfrmRawAttribute(number, in.bytes("attribute " + number, in.remaining()));
  }

  @Override
  public int attributeNumber() {
    return number;
  }

  /** A copy of the content. */
  public byte[] toArray() {
    return octets.clone();
  }

  @Override
  public void encode(StructWriter out) {
    out.bytes(octets);
  }

  @Override
  public void wipe() {
    Arrays.fill(octets, (byte) 0);
  }

  /** As many zeros: what an unknown attribute holds may be a key. */
  @Override
  public XfrmAttribute withoutKeys() {
    return new XfrmRawAttribute(number, new byte[octets.length]);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof XfrmRawAttribute that
        && number == that.number
        && Arrays.equals(octets, that.octets);
  }

  @Override
  public int hashCode() {
    return 31 * number + Arrays.hashCode(octets);
  }

  @Override
  public String toString() {
    return "XfrmRawAttribute[" + number + ", " + octets.length + " octets]";
  }
}
