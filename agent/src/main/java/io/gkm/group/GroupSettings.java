package io.gkm.group;

import io.gkm.ike.wire.Identification;
import java.util.List;
import java.util.Objects;

/**
 * One group as configured.
 *
 * @param name its name in the configuration, unique
 * @param id IDg, what the key server knows the group as
 * @param role what this host does in the group
 * @param interfaceName the interface its traffic uses
 * @param allow the only traffic the group's policy may name, never empty
 * @param options what need not be said
 */
public record GroupSettings(
    String name,
    Identification id,
    Role role,
    String interfaceName,
    List<Flow> allow,
    GroupOptions options) {

  /** With nothing special. */
  public GroupSettings(
      String name, Identification id, Role role, String interfaceName, List<Flow> allow) {
    this(name, id, role, interfaceName, allow, GroupOptions.DEFAULT);
  }

  public GroupSettings {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(interfaceName, "interfaceName");
    Objects.requireNonNull(options, "options");
    allow = List.copyOf(allow);
    if (allow.isEmpty()) {
      throw new IllegalArgumentException("group " + name + " allows no traffic");
    }
  }
}
