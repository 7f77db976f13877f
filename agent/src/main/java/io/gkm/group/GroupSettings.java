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
 * @param confidentiality whether it must be encrypted
 * @param arxKeyWrap whether the experimental key wrap algorithm KW_ARX may be used
 */
public record GroupSettings(
    String name,
    Identification id,
    Role role,
    String interfaceName,
    List<Flow> allow,
    Confidentiality confidentiality,
    boolean arxKeyWrap) {

  /** Encrypted, without experiments. */
  public GroupSettings(
      String name, Identification id, Role role, String interfaceName, List<Flow> allow) {
    this(name, id, role, interfaceName, allow, Confidentiality.REQUIRED, false);
  }

  public GroupSettings {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(interfaceName, "interfaceName");
    Objects.requireNonNull(confidentiality, "confidentiality");
    allow = List.copyOf(allow);
    if (allow.isEmpty()) {
      throw new IllegalArgumentException("group " + name + " allows no traffic");
    }
  }
}
