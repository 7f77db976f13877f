package io.gkm.group;

import io.gkm.ike.Moment;

/** The last thing that went wrong, for {@code gkm status}: what, and what can be done. */
record Problem(String text, Moment at) {
  static Problem of(MemberEvent event, Moment at) {
    return new Problem(
        event.advice().isEmpty() ? event.what() : event.what() + "; " + event.advice(), at);
  }
}
