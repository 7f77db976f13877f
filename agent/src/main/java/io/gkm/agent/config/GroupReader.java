package io.gkm.agent.config;

import io.gkm.agent.config.ControllerReader.Draft;
import io.gkm.group.Confidentiality;
import io.gkm.group.Flow;
import io.gkm.group.FlowSyntaxException;
import io.gkm.group.GroupSettings;
import io.gkm.group.Role;
import io.gkm.ike.wire.Identification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tomlj.TomlPosition;

/** Reads {@code [group.NAME]}. */
final class GroupReader {
  static final int MAX_FLOWS = 64;

  private static final List<String> KEYS =
      List.of("controller", "id", "role", "interface", "allow", "confidentiality", "experimental");
  private static final Map<String, Role> ROLES =
      Map.of("sender", Role.SENDER, "receiver", Role.RECEIVER, "both", Role.BOTH);
  private static final Map<String, Confidentiality> CONFIDENTIALITY =
      Map.of("required", Confidentiality.REQUIRED, "optional", Confidentiality.OPTIONAL);
  private static final String CONFIDENTIALITY_FORM =
      "write \"required\", or \"optional\" to accept AH and ESP that does not encrypt";
  private static final String ROLE_FORM = "write \"sender\", \"receiver\" or \"both\"";
  private static final String ALLOW_FORM =
      "write the traffic the group's policy may name, such as"
          + " [\"0.0.0.0/0 -> 239.1.1.1/32 udp/5000\"]";
  private static final String EXPERIMENTAL_FORM =
      "write \"kw-arx\" to let the key server wrap keys with KW_ARX, or leave it out";
  private static final String INTERFACE_FORM =
      "write the name of a network interface, 1 to 15 characters, such as \"eth0\"";

  /** What the kernel takes as an interface name (net/core/dev.c, dev_valid_name), and printable. */
  private static final Pattern INTERFACE = Pattern.compile("(?!\\.{1,2}$)[!-~&&[^/:]]{1,15}");

  /**
   * A group and where its parts stand.
   *
   * @param flowsAt one per entry of {@code settings.allow}
   */
  record Member(
      Draft controller, GroupSettings settings, TomlPosition idAt, List<TomlPosition> flowsAt) {}

  private final Map<String, Draft> controllers;
  private final Problems problems;

  GroupReader(Map<String, Draft> controllers, Problems problems) {
    this.controllers = controllers;
    this.problems = problems;
  }

  /** Empty when something in it is wrong. */
  Optional<Member> read(String name, ConfigTable table) {
    boolean named = Names.isName(name);
    if (!named) {
      problems.error(table.position(), "bad name in " + table.title() + "; " + Names.ALLOWED);
    }
    table.allowOnly(KEYS);
    Optional<Draft> controller = controller(table);
    Optional<Located<String>> idText = table.text("id", IdentityText.ALLOWED);
    Optional<Identification> id =
        idText.flatMap(text -> IdentityText.read(text, "id", table, problems));
    Optional<Role> role = role(table);
    Optional<String> interfaceName = interfaceName(table);
    List<Located<Flow>> allow = allow(table);
    Confidentiality confidentiality = confidentiality(table);
    boolean arxKeyWrap = arxKeyWrap(table);
    if (!named
        || controller.isEmpty()
        || id.isEmpty()
        || role.isEmpty()
        || interfaceName.isEmpty()
        || allow.isEmpty()) {
      return Optional.empty();
    }
    GroupSettings settings =
        new GroupSettings(
            name,
            id.get(),
            role.get(),
            interfaceName.get(),
            allow.stream().map(Located::value).toList(),
            confidentiality,
            arxKeyWrap);
    return Optional.of(
        new Member(
            controller.get(),
            settings,
            idText.get().at(),
            allow.stream().map(Located::at).toList()));
  }

  private Optional<Draft> controller(ConfigTable table) {
    String known =
        controllers.isEmpty()
            ? "there is no [controller.NAME] yet"
            : "allowed: " + String.join(", ", controllers.keySet());
    Optional<Located<String>> name = table.text("controller", known);
    if (name.isPresent() && !controllers.containsKey(name.get().value())) {
      problems.error(
          name.get().at(),
          "%s names controller \"%s\", which does not exist; %s"
              .formatted(table.title(), name.get().value(), known));
    }
    return name.map(text -> controllers.get(text.value()));
  }

  private Confidentiality confidentiality(ConfigTable table) {
    Optional<Located<String>> text = table.optionalText("confidentiality", CONFIDENTIALITY_FORM);
    if (text.isEmpty()) {
      return Confidentiality.REQUIRED;
    }
    Confidentiality value = CONFIDENTIALITY.get(text.get().value());
    if (value == null) {
      problems.error(
          text.get().at(),
          "confidentiality \"%s\" in %s; %s"
              .formatted(text.get().value(), table.title(), CONFIDENTIALITY_FORM));
      return Confidentiality.REQUIRED;
    }
    return value;
  }

  private boolean arxKeyWrap(ConfigTable table) {
    Optional<Located<String>> text = table.optionalText("experimental", EXPERIMENTAL_FORM);
    if (text.isPresent() && !text.get().value().equals("kw-arx")) {
      problems.error(
          text.get().at(),
          "experimental \"%s\" in %s; %s"
              .formatted(text.get().value(), table.title(), EXPERIMENTAL_FORM));
    }
    return text.isPresent();
  }

  private Optional<Role> role(ConfigTable table) {
    Optional<Located<String>> text = table.text("role", ROLE_FORM);
    if (text.isPresent() && !ROLES.containsKey(text.get().value())) {
      problems.error(
          text.get().at(),
          "role \"%s\" in %s; %s".formatted(text.get().value(), table.title(), ROLE_FORM));
    }
    return text.map(role -> ROLES.get(role.value()));
  }

  private Optional<String> interfaceName(ConfigTable table) {
    Optional<Located<String>> text = table.text("interface", INTERFACE_FORM);
    if (text.isPresent() && !INTERFACE.matcher(text.get().value()).matches()) {
      problems.error(
          text.get().at(),
          "interface \"%s\" in %s cannot be an interface's name; %s"
              .formatted(text.get().value(), table.title(), INTERFACE_FORM));
      return Optional.empty();
    }
    return text.map(Located::value);
  }

  private List<Located<Flow>> allow(ConfigTable table) {
    List<Located<Flow>> flows = new ArrayList<>();
    for (Located<String> text : table.texts("allow", ALLOW_FORM)) {
      if (flows.size() == MAX_FLOWS) {
        problems.error(
            text.at(),
            "too many entries in allow of %s; at most %d".formatted(table.title(), MAX_FLOWS));
        break;
      }
      try {
        flows.add(new Located<>(Flow.parse(text.value()), text.at()));
      } catch (FlowSyntaxException e) {
        problems.error(text.at(), "allow in " + table.title() + ": " + e.getMessage());
      }
    }
    return flows;
  }
}
