package io.gkm.lab.controller;

/** The key server does not give this group to this member: the notify that says why. */
final class GroupRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int notifyType;

  GroupRefusedException(int notifyType, String why) {
    super(why);
    this.notifyType = notifyType;
  }

  int notifyType() {
    return notifyType;
  }
}
