package io.gkm.dataplane;

/**
 * Ports as an XFRM selector holds them: a port matches when it equals {@code value} in the bits of
 * {@code mask} ({@code dport/dport_mask} of {@code struct xfrm_selector}). Both 0..65535, and no
 * bit of the value outside the mask.
 */
record PortMask(int value, int mask) {
  static final PortMask ANY = new PortMask(0, 0);

  PortMask {
    if (value < 0 || value > 0xffff || mask < 0 || mask > 0xffff || (value & ~mask) != 0) {
      throw new IllegalArgumentException("port " + value + " mask " + mask);
    }
  }

  boolean matches(int port) {
    return (port & mask) == value;
  }

  /** Whether every port of the other one is one of this. */
  boolean contains(PortMask other) {
    return (mask & ~other.mask) == 0 && ((value ^ other.value) & mask) == 0;
  }

  /** Whether some port matches both. */
  boolean overlaps(PortMask other) {
    return ((value ^ other.value) & mask & other.mask) == 0;
  }

  @Override
  public String toString() {
    return mask == 0
        ? "any"
        : mask == 0xffff ? "" + value : String.format("%d/0x%04x", value, mask);
  }
}
