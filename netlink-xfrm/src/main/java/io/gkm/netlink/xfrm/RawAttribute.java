package io.gkm.netlink.xfrm;

import java.util.Arrays;

/** The content of an attribute that this library does not know. Not printed: it may be a key. */
public final class RawAttribute {
  private final byte[] octets;

  RawAttribute(byte[] octets) {
    this.octets = octets;
  }

  /** A copy. */
  public byte[] toArray() {
    return octets.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RawAttribute that && Arrays.equals(octets, that.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }

  @Override
  public String toString() {
    return "RawAttribute[" + octets.length + " octets]";
  }
}
