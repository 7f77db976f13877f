package io.gkm.ike.crypto;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;

/**
 * Owner of key octets. It never shows them in {@link #toString} or {@link #hashCode}, compares in
 * constant time, and overwrites them with zeros when closed. May be empty (no key at all).
 *
 * <p>Copies that a primitive makes while it works are beyond its reach; they go with the garbage.
 *
 * <p>May be handed to another thread; closing it while another thread uses it is the owner's
 * mistake.
 */
public final class Secret implements AutoCloseable {
  private final byte[] octets;
  private volatile boolean closed;

  private Secret(byte[] octets) {
    this.octets = octets;
  }

  /** A secret with a copy of these octets; the caller keeps (and should wipe) the array. */
  public static Secret copyOf(byte[] octets) {
    return new Secret(octets.clone());
  }

  /** A secret that owns this very array: the caller must not touch it any more. */
  public static Secret wrap(byte[] octets) {
    return new Secret(Objects.requireNonNull(octets));
  }

  /** The number of octets. */
  public int length() {
    return bytes().length;
  }

  /**
   * The octets themselves, not a copy, for code that feeds them to a primitive or to the kernel.
   * The array must be neither changed nor kept beyond the call it is passed to: it is zeroed on
   * close.
   *
   * @throws IllegalStateException when closed
   */
  public byte[] bytes() {
    if (closed) {
      throw new IllegalStateException("secret used after it was closed");
    }
    return octets;
  }

  /**
   * A new, independently owned secret with {@code length} octets starting at {@code from}.
   *
   * @throws IndexOutOfBoundsException when the range is not inside this secret
   */
  public Secret slice(int from, int length) {
    byte[] source = bytes();
    Objects.checkFromIndexSize(from, length, source.length);
    return new Secret(Arrays.copyOfRange(source, from, from + length));
  }

  /**
   * Zeroes the octets; every later use throws {@link IllegalStateException}. Closing twice is fine.
   */
  @Override
  public void close() {
    closed = true;
    Arrays.fill(octets, (byte) 0);
  }

  /** Equal content, compared in constant time. A closed secret equals only itself. */
  @Override
  public boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    return other instanceof Secret that
        && !closed
        && !that.closed
        && MessageDigest.isEqual(octets, that.octets);
  }

  /** Depends on the length only, so that it says nothing about the content. */
  @Override
  public int hashCode() {
    return octets.length;
  }

  @Override
  public String toString() {
    return "Secret[" + octets.length + " octets]";
  }
}
