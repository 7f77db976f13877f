package io.gkm.dataplane;

import java.util.Set;

/**
 * Numbers that tie out-policies to SAs. The upper half marks a state as ours; the lower counts, so
 * that a number comes back only after 65,535 others.
 */
final class Reqids {
  private static final int MARK = 0x674B0000;
  private static final int COUNTER = 0xffff;

  private int last;

  /** Whether a gkm gave this number. */
  static boolean isOurs(int reqid) {
    return (reqid & ~COUNTER) == MARK && reqid != MARK;
  }

  /**
   * The next number that is not in use.
   *
   * @throws IllegalStateException when all are
   */
  int next(Set<Integer> inUse) {
    for (int i = 0; i < COUNTER; i++) {
      last = last % COUNTER + 1;
      if (!inUse.contains(MARK | last)) {
        return MARK | last;
      }
    }
    throw new IllegalStateException("all " + COUNTER + " reqids are in use");
  }
}
