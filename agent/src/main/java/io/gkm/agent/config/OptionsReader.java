package io.gkm.agent.config;

import io.gkm.group.Confidentiality;
import io.gkm.group.Flow;
import io.gkm.group.GroupOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what {@code [group.NAME]} may leave out. */
final class OptionsReader {
  /** Its keys. */
  static final List<String> KEYS =
      List.of("confidentiality", "replay-window", "renew-after-packets", "bypass", "experimental");

  private static final Map<String, Confidentiality> CONFIDENTIALITY =
      Map.of("required", Confidentiality.REQUIRED, "optional", Confidentiality.OPTIONAL);
  private static final String CONFIDENTIALITY_FORM =
      "write \"required\", or \"optional\" to accept AH and ESP that does not encrypt";
  private static final String BYPASS_FORM =
      "write traffic inside `allow` that passes in clear, such as"
          + " [\"192.0.2.7/32 -> 239.1.1.1/32 udp/5001\"]";
  private static final String EXPERIMENTAL_FORM =
      "write \"kw-arx\" to let the key server wrap keys with KW_ARX, or leave it out";

  private final ConfigTable table;
  private final Problems problems;

  OptionsReader(ConfigTable table, Problems problems) {
    this.table = table;
    this.problems = problems;
  }

  /** The options; where one is wrong, the default. */
  GroupOptions read(List<Flow> allow) {
    return new GroupOptions(
        table
            .optionalChoice("confidentiality", CONFIDENTIALITY, CONFIDENTIALITY_FORM)
            .orElse(Confidentiality.REQUIRED),
        (int)
            number(
                "replay-window",
                0,
                GroupOptions.MAX_REPLAY_WINDOW,
                GroupOptions.DEFAULT_REPLAY_WINDOW),
        number("renew-after-packets", 1, GroupOptions.MAX_PACKETS, GroupOptions.MAX_PACKETS),
        bypass(allow),
        table
            .optionalChoice("experimental", Map.of("kw-arx", true), EXPERIMENTAL_FORM)
            .orElse(false));
  }

  private long number(String key, long least, long most, long absent) {
    String form =
        "write a number of packets from %d to %d; %d if absent".formatted(least, most, absent);
    Optional<Located<Long>> number = table.optionalNumber(key, form);
    if (number.isEmpty()) {
      return absent;
    }
    long packets = number.get().value();
    if (packets < least || packets > most) {
      problems.error(
          number.get().at(), "%s %d in %s; %s".formatted(key, packets, table.title(), form));
      return absent;
    }
    return packets;
  }

  private List<Flow> bypass(List<Flow> allow) {
    if (!table.has("bypass")) {
      return List.of();
    }
    List<Located<Flow>> flows = FlowList.read("bypass", table, BYPASS_FORM, problems);
    for (Located<Flow> flow : flows) {
      if (allow.contains(flow.value())) {
        problems.error(
            flow.at(),
            "bypass in %s: \"%s\" is all of an entry of `allow`; leave it out of `allow`"
                .formatted(table.title(), flow.value()));
      } else if (allow.stream().noneMatch(whole -> whole.contains(flow.value()))) {
        problems.error(
            flow.at(),
            "bypass in %s: \"%s\" is not inside an entry of `allow`"
                .formatted(table.title(), flow.value()));
      }
    }
    return flows.stream().map(Located::value).toList();
  }
}
