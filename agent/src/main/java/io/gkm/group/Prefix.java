package io.gkm.group;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Objects;

/**
 * An address prefix, IPv4 or IPv6: the first {@code length} bits of {@code address}; the other bits
 * are zero. The constructor refuses a length that does not fit the family, and bits beyond it, with
 * an IllegalArgumentException.
 */
public record Prefix(InetAddress address, int length) {

  public Prefix {
    Objects.requireNonNull(address, "address");
    byte[] bytes = address.getAddress();
    if (length < 0 || length > 8 * bytes.length) {
      throw new IllegalArgumentException(
          "prefix length " + length + " is not in 0.." + 8 * bytes.length);
    }
    byte[] network = AddressText.masked(bytes, length);
    if (!Arrays.equals(bytes, network)) {
      throw new IllegalArgumentException(
          address.getHostAddress()
              + "/"
              + length
              + " has bits set beyond the prefix; the network is "
              + AddressText.address(network).getHostAddress()
              + "/"
              + length);
    }
  }

  /** The prefix of this length that the address is in. */
  public static Prefix around(InetAddress address, int length) {
    return new Prefix(
        AddressText.address(AddressText.masked(address.getAddress(), length)), length);
  }

  public boolean isIpv4() {
    return address.getAddress().length == 4;
  }

  /** Whether the prefix is exactly one address. */
  public boolean isSingleAddress() {
    return length == 8 * address.getAddress().length;
  }

  /** Whether every address of the prefix is multicast: inside 224.0.0.0/4 or ff00::/8. */
  public boolean isMulticast() {
    return address.isMulticastAddress() && length >= (isIpv4() ? 4 : 8);
  }

  /** Whether {@code other} is one of this prefix's addresses; false for the other family. */
  public boolean contains(InetAddress other) {
    return contains(other.getAddress());
  }

  /** Whether every address of the other prefix is in this one. */
  public boolean contains(Prefix other) {
    return length <= other.length && contains(other.address);
  }

  /** Whether every address from {@code first} to {@code last} (same family) is in this prefix. */
  public boolean contains(InetAddress first, InetAddress last) {
    byte[] low = first.getAddress();
    byte[] high = last.getAddress();
    return low.length == high.length
        && Arrays.compareUnsigned(low, high) <= 0
        && contains(low)
        && contains(high);
  }

  private boolean contains(byte[] other) {
    byte[] mine = address.getAddress();
    return other.length == mine.length && Arrays.equals(AddressText.masked(other, length), mine);
  }

  /** {@code 10.0.0.0/8}. */
  @Override
  public String toString() {
    return address.getHostAddress() + "/" + length;
  }
}
