package io.gkm.group;

import java.util.ArrayList;
import java.util.List;

/** Collects the effects of one call. */
final class Outbox {
  private final List<MemberEffect> effects = new ArrayList<>();
  private boolean desiredStateChanged;
  private boolean listeningChanged;

  void add(MemberEffect effect) {
    effects.add(effect);
  }

  void tell(MemberEvent event) {
    effects.add(new MemberEffect.Event(event));
  }

  /** Said once per call, before the datagrams that follow it. */
  void desiredStateChanged() {
    if (!desiredStateChanged) {
      desiredStateChanged = true;
      effects.add(new MemberEffect.DesiredStateChanged());
    }
  }

  /** Says what is different outside. */
  void changed(Membership.Changes changes) {
    if (changes.desiredState()) {
      desiredStateChanged();
    }
    if (changes.listening() && !listeningChanged) {
      listeningChanged = true;
      effects.add(new MemberEffect.ListeningChanged());
    }
  }

  List<MemberEffect> drain() {
    List<MemberEffect> result = List.copyOf(effects);
    effects.clear();
    desiredStateChanged = false;
    listeningChanged = false;
    return result;
  }
}
