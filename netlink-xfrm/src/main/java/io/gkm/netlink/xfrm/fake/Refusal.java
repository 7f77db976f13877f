package io.gkm.netlink.xfrm.fake;

import io.gkm.netlink.Errno;

/** Why the fake kernel refuses a request. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final int errno;

  /**
   * @param text the extended acknowledgement's words, may be empty
   */
  Refusal(int errno, String text) {
    super(text);
    this.errno = errno;
  }

  static Refusal invalid(String text) {
    return new Refusal(Errno.EINVAL, text);
  }

  int errno() {
    return errno;
  }
}
