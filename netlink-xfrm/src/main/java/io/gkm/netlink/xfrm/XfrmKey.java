package io.gkm.netlink.xfrm;

import io.gkm.netlink.NetlinkCodecException;
import io.gkm.netlink.StructReader;
import io.gkm.netlink.StructWriter;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Key octets of an SA. They are never printed; {@link #close} overwrites them. A key of an event
 * may be one whose octets were not kept, of which only the length is known.
 */
public final class XfrmKey implements AutoCloseable {
  private final byte[] octets;
  private final int bits;
  private final boolean known;
  private volatile boolean closed;

  private XfrmKey(byte[] octets, int bits, boolean known) {
    this.octets = octets;
    this.bits = bits;
    this.known = known;
  }

  /** A copy of these octets. */
  public static XfrmKey copyOf(byte[] octets) {
    return new XfrmKey(octets.clone(), octets.length * 8, true);
  }

  /** A key whose octets are not here. */
  static XfrmKey unknown(int bits) {
    return new XfrmKey(new byte[0], bits, false);
  }

  /**
   * @param bits may leave a part of the last octet over
   */
  static XfrmKey decode(StructReader in, long bits) throws NetlinkCodecException {
    long octets = (bits + 7) / 8;
    if (octets > in.remaining()) {
      throw in.malformed("alg_key_len", bits + " bits in " + in.remaining() + " octets");
    }
    return new XfrmKey(in.bytes("alg_key", (int) octets), (int) bits, true);
  }

  void encode(StructWriter out) {
    check();
    out.bytes(octets);
  }

  /** How many octets. */
  public int length() {
    return (bits + 7) / 8;
  }

  public int bits() {
    return bits;
  }

  /** Whether the octets are here; without them it can be neither used nor sent. */
  public boolean isKnown() {
    return known && !closed;
  }

  /**
   * A copy of the octets, which the caller overwrites when done.
   *
   * @throws IllegalStateException where they were wiped or never kept
   */
  public byte[] toArray() {
    check();
    return octets.clone();
  }

  private void check() {
    if (closed) {
      throw new IllegalStateException("the key was wiped");
    }
    if (!known) {
      throw new IllegalStateException("the key's octets were not kept");
    }
  }

  @Override
  public void close() {
    closed = true;
    Arrays.fill(octets, (byte) 0);
  }

  /** Takes the same time wherever they differ. */
  @Override
  public boolean equals(Object other) {
    return other instanceof XfrmKey that
        && bits == that.bits
        && known == that.known
        && MessageDigest.isEqual(octets, that.octets);
  }

  /** Of the length alone: a hash of the octets would tell of them. */
  @Override
  public int hashCode() {
    return bits;
  }

  @Override
  public String toString() {
    return "XfrmKey[" + bits + " bits]";
  }
}
