package io.gkm.agent.config;

import io.gkm.group.Flow;
import io.gkm.group.FlowSyntaxException;
import java.util.ArrayList;
import java.util.List;

/** Reads a list of flows. */
final class FlowList {
  static final int MAX_FLOWS = 64;

  private FlowList() {}

  /** Those that are right; the others are reported. */
  static List<Located<Flow>> read(String key, ConfigTable table, String form, Problems problems) {
    List<Located<Flow>> flows = new ArrayList<>();
    for (Located<String> text : table.texts(key, form)) {
      if (flows.size() == MAX_FLOWS) {
        problems.error(
            text.at(),
            "too many entries in %s of %s; at most %d".formatted(key, table.title(), MAX_FLOWS));
        break;
      }
      try {
        flows.add(new Located<>(Flow.parse(text.value()), text.at()));
      } catch (FlowSyntaxException e) {
        problems.error(text.at(), key + " in " + table.title() + ": " + e.getMessage());
      }
    }
    return flows;
  }
}
