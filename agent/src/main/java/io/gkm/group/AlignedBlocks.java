package io.gkm.group;

/**
 * How many aligned power-of-two blocks a range of numbers falls into: the number of prefixes that
 * cover an address range, or of value/mask pairs that cover a port range. A kernel selector holds
 * one of each.
 */
final class AlignedBlocks {
  private AlignedBlocks() {}

  /** The number of blocks for {@code first..last}, both included, 0 up to 2^32 - 1. */
  static int count(long first, long last) {
    int blocks = 0;
    long next = first;
    while (next <= last) {
      long size = next == 0 ? 1L << 32 : Long.lowestOneBit(next);
      while (next + size - 1 > last) {
        size >>= 1;
      }
      next += size;
      blocks++;
    }
    return blocks;
  }
}
