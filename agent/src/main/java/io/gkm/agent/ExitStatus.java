package io.gkm.agent;

/** How a {@code gkm} process ends; the numbers are part of the command's interface. */
public enum ExitStatus {
  /**
   * Done. {@code run}: stopped on request, and what was to be removed was removed. {@code status}:
   * all groups are registered. {@code check}: the file is good.
   */
  OK(0),
  /** {@code status}: some group is not registered. {@code check}: the file has errors. */
  NOT_GOOD(1),
  /** A wrong command line, or a configuration {@code run} cannot use. */
  USAGE(2),
  /**
   * {@code run}: the kernel cannot be programmed (no permission, no XFRM, no ESP) or the control
   * socket cannot be made. {@code status}: no daemon answers.
   */
  UNAVAILABLE(3),
  /** {@code run}: another daemon serves the control socket or works in this network namespace. */
  ALREADY_RUNNING(4),
  /** {@code run}: something installed could not be removed at the end, or the end was forced. */
  UNCLEAN(5),
  /** A defect of the program. */
  DEFECT(70);

  private final int code;

  ExitStatus(int code) {
    this.code = code;
  }

  /** The process's exit status. */
  public int code() {
    return code;
  }
}
