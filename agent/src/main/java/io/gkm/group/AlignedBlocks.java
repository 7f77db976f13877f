package io.gkm.group;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The aligned power-of-two blocks that a range of numbers falls into: the prefixes that cover an
 * address range, the value/mask pairs that cover a port range. A kernel selector holds one of each.
 */
public final class AlignedBlocks {
  /**
   * One block.
   *
   * @param start its first number, a multiple of its size
   * @param sizeBits it has 2^sizeBits numbers
   */
  public record Block(BigInteger start, int sizeBits) {
    private BigInteger next() {
      return start.add(BigInteger.ONE.shiftLeft(sizeBits));
    }
  }

  private AlignedBlocks() {}

  /**
   * The blocks of {@code first..last}, both included, in order: as few as possible, less than twice
   * as many as the numbers have bits. None when {@code first} is after {@code last}.
   *
   * @param bits of a number; both are in 0..2^bits-1
   */
  public static List<Block> of(BigInteger first, BigInteger last, int bits) {
    List<Block> blocks = new ArrayList<>();
    BigInteger next = first;
    while (next.compareTo(last) <= 0) {
      int size = next.signum() == 0 ? bits : next.getLowestSetBit();
      Block block = new Block(next, size);
      while (block.next().subtract(BigInteger.ONE).compareTo(last) > 0) {
        block = new Block(next, --size);
      }
      blocks.add(block);
      next = block.next();
    }
    return blocks;
  }
}
