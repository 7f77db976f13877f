package io.gkm.netlink.xfrm.fake;

import io.gkm.netlink.KernelError;
import io.gkm.netlink.xfrm.XfrmMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What a test wants to be refused. */
final class Refusals {
  private record Rule(Predicate<XfrmMessage> which, KernelError why, boolean once) {}

  private final List<Rule> rules = new ArrayList<>();

  void add(Predicate<XfrmMessage> which, KernelError why, boolean once) {
    rules.add(new Rule(which, why, once));
  }

  void clear() {
    rules.clear();
  }

  void check(XfrmMessage request) throws Refusal {
    XfrmMessage shown = request.withoutKeys();
    Optional<Rule> rule = rules.stream().filter(r -> r.which().test(shown)).findFirst();
    if (rule.isPresent()) {
      if (rule.get().once()) {
        rules.remove(rule.get());
      }
      throw new Refusal(rule.get().why());
    }
  }
}
