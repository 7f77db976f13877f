package io.gkm.lab.controller;

import io.gkm.ike.wire.NotifyType;
import java.util.ArrayList;
import java.util.List;

/** The Sender-IDs of a group: each is given once, never again (RFC 9838 section 2.5.1). */
final class SenderIdSpace {
  private static final int MAX_AT_ONCE = 16;

  private final long end;
  private long next;

  /**
   * @param bits of a Sender-ID
   */
  SenderIdSpace(int bits) {
    this.end = 1L << bits;
  }

  /** As many as are asked for, or fewer. */
  List<Long> take(long asked) throws GroupRefusedException {
    List<Long> ids = new ArrayList<>();
    while (ids.size() < Math.min(asked, MAX_AT_ONCE) && next < end) {
      ids.add(next++);
    }
    if (ids.isEmpty()) {
      throw new GroupRefusedException(
          NotifyType.REGISTRATION_FAILED, "all " + end + " Sender-IDs are given out");
    }
    return ids;
  }

  /** All members are out: none is in use any more. */
  void startAgain() {
    next = 0;
  }
}
