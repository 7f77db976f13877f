package io.gkm.agent.config;

import io.gkm.agent.config.ControllerReader.Draft;
import io.gkm.group.Flow;
import io.gkm.group.GroupOptions;
import io.gkm.group.GroupSettings;
import io.gkm.group.Role;
import io.gkm.ike.wire.Identification;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tomlj.TomlPosition;

/** Reads {@code [group.NAME]}. */
final class GroupReader {
  private static final List<String> KEYS =
      Stream.concat(
              Stream.of("controller", "id", "role", "interface", "allow"),
              OptionsReader.KEYS.stream())
          .toList();
  private static final Map<String, Role> ROLES =
      Map.of("sender", Role.SENDER, "receiver", Role.RECEIVER, "both", Role.BOTH);
  private static final String ROLE_FORM = "write \"sender\", \"receiver\" or \"both\"";
  private static final String ALLOW_FORM =
      "write the traffic the group's policy may name, such as"
          + " [\"0.0.0.0/0 -> 239.1.1.1/32 udp/5000\"]";
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
    Optional<Role> role = table.choice("role", ROLES, ROLE_FORM);
    Optional<String> interfaceName = interfaceName(table);
    List<Located<Flow>> allow = FlowList.read("allow", table, ALLOW_FORM, problems);
    List<Flow> flows = allow.stream().map(Located::value).toList();
    GroupOptions options = new OptionsReader(table, problems).read(flows);
    if (!named
        || controller.isEmpty()
        || id.isEmpty()
        || role.isEmpty()
        || interfaceName.isEmpty()
        || allow.isEmpty()) {
      return Optional.empty();
    }
    GroupSettings settings =
        new GroupSettings(name, id.get(), role.get(), interfaceName.get(), flows, options);
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
}
