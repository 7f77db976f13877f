package io.gkm.group;

import io.gkm.group.MemberEvent.Level;
import io.gkm.ike.wire.Identification;
import io.gkm.ike.wire.NotifyType;

/** What a key server's error notify about a group means (RFC 9838, 2.3.4 and 4.7). */
enum RegistrationFailure {
  /** 14: what we support does not cover the group's policy. */
  NO_PROPOSAL_CHOSEN(
      true,
      "the key server's policy for it needs algorithms this host does not offer",
      "compare the group's policy on the key server with the algorithms gkm supports"),
  /** 45: no such group. */
  INVALID_GROUP_ID(
      true,
      "the key server knows no such group",
      "check `id` of the group here and on the key server"),
  /** 46: not for us. */
  AUTHORIZATION_FAILED(
      true,
      "the key server does not let this host into it",
      "have this host's local-id added to the group on the key server"),
  /** 49: not now. */
  REGISTRATION_FAILED(
      false,
      "the key server cannot take this host in now (a full group, for example)",
      "if it lasts, look at the key server"),
  /** Any other error notify. */
  OTHER(false, "the key server refused the registration", "look at the key server");

  private final boolean needsPerson;
  private final String what;
  private final String advice;

  RegistrationFailure(boolean needsPerson, String what, String advice) {
    this.needsPerson = needsPerson;
    this.what = what;
    this.advice = advice;
  }

  static RegistrationFailure of(int notifyType) {
    return switch (notifyType) {
      case NotifyType.NO_PROPOSAL_CHOSEN -> NO_PROPOSAL_CHOSEN;
      case NotifyType.INVALID_GROUP_ID -> INVALID_GROUP_ID;
      case NotifyType.AUTHORIZATION_FAILED -> AUTHORIZATION_FAILED;
      case NotifyType.REGISTRATION_FAILED -> REGISTRATION_FAILED;
      default -> OTHER;
    };
  }

  /** Whether trying again soon is of little use. */
  boolean needsPerson() {
    return needsPerson;
  }

  Level level() {
    return needsPerson ? Level.ERROR : Level.WARNING;
  }

  /** What happened, with the group id and the notify. */
  String what(Identification group, int notifyType) {
    String notify = this == OTHER ? NotifyType.name(notifyType) : name();
    return what + " (" + group + ", " + notify + ")";
  }

  String advice() {
    return advice;
  }
}
