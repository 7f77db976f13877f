package io.gkm.netlink.xfrm.fake;

import io.gkm.netlink.KernelError;
import java.util.Optional;
import java.util.OptionalInt;

/** Why a request is not done; it ends up in the request's acknowledgement. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient KernelError error;

  Refusal(KernelError error) {
    super("errno " + error.errno(), null, false, false);
    this.error = error;
  }

  /** Without words, as most of the kernel's. */
  Refusal(int errno) {
    this(KernelError.of(errno));
  }

  Refusal(int errno, String text) {
    this(error(errno, text));
  }

  static KernelError error(int errno, String text) {
    return new KernelError(
        errno, Optional.of(text), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
  }

  KernelError error() {
    return error;
  }
}
