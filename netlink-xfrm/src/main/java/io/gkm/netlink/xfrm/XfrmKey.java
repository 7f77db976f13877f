package io.gkm.netlink.xfrm;

import java.security.MessageDigest;
import java.util.Arrays;

/** Key octets of an SA. They are never printed; {@link #close} overwrites them. */
public final class XfrmKey implements AutoCloseable {
  private final byte[] octets;
  private boolean closed;

  private XfrmKey(byte[] octets) {
    this.octets = octets;
  }

  /** A copy of these octets. */
  public static XfrmKey copyOf(byte[] octets) {
    return new XfrmKey(octets.clone());
  }

  public int length() {
    return octets.length;
  }

  public int bits() {
    return octets.length * 8;
  }

  /** A copy of the octets, which the caller overwrites when done. */
  public byte[] toArray() {
    if (closed) {
      throw new IllegalStateException("the key was wiped");
    }
    return octets.clone();
  }

  byte[] octets() {
    if (closed) {
      throw new IllegalStateException("the key was wiped");
    }
    return octets;
  }

  @Override
  public void close() {
    closed = true;
    Arrays.fill(octets, (byte) 0);
  }

  /** Takes the same time wherever they differ. */
  @Override
  public boolean equals(Object other) {
    return other instanceof XfrmKey that && MessageDigest.isEqual(octets, that.octets);
  }

  @Override
  public int hashCode() {
    return octets.length;
  }

  @Override
  public String toString() {
    return "XfrmKey[" + octets.length + " octets]";
  }
}
