package io.gkm.agent.config;

import io.gkm.group.GroupSettings;
import io.gkm.ike.wire.Identification;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tomlj.TomlPosition;

/** Reads {@code [controller.NAME]} and its {@code auth} table. */
final class ControllerReader {
  static final int DEFAULT_PORT = 500;
  static final int MAX_ADDRESSES = 16;

  private static final List<String> KEYS =
      List.of("address", "port", "local-id", "remote-id", "auth");
  private static final String ADDRESS_FORM =
      "write IPv4 or IPv6 addresses of the key server, such as [\"192.0.2.1\"]";
  private static final String PORT_FORM = "write a port from 1 to 65535; 500 if absent";

  private final Path folder;
  private final Problems problems;

  ControllerReader(Path file, Problems problems) {
    this.folder = file.toAbsolutePath().getParent();
    this.problems = problems;
  }

  /** A controller while the file is being read; the parts that were wrong are absent. */
  static final class Draft implements AutoCloseable {
    final String name;
    private final TomlPosition at;
    private final List<InetAddress> addresses;
    private final int port;
    private final Optional<Identification> localId;
    private final Optional<Identification> remoteId;
    private final Optional<ControllerAuth> auth;
    private final List<GroupSettings> groups = new ArrayList<>();

    private Draft(
        String name,
        TomlPosition at,
        List<InetAddress> addresses,
        int port,
        Optional<Identification> localId,
        Optional<Identification> remoteId,
        Optional<ControllerAuth> auth) {
      this.name = name;
      this.at = at;
      this.addresses = addresses;
      this.port = port;
      this.localId = localId;
      this.remoteId = remoteId;
      this.auth = auth;
    }

    void add(GroupSettings group) {
      groups.add(group);
    }

    /** Only when no error was found, so that every part is there. */
    ControllerConfig build(Problems problems) {
      if (groups.isEmpty()) {
        problems.warning(at, "no group uses [controller." + name + "]; it is not contacted");
      }
      return new ControllerConfig(
          name,
          addresses,
          port,
          localId.orElseThrow(),
          remoteId.orElseThrow(),
          auth.orElseThrow(),
          groups);
    }

    @Override
    public void close() {
      auth.ifPresent(ControllerAuth::close);
    }
  }

  Draft read(String name, ConfigTable table) {
    if (!Names.isName(name)) {
      problems.error(table.position(), "bad name in " + table.title() + "; " + Names.ALLOWED);
    }
    table.allowOnly(KEYS);
    Optional<Identification> localId = identity(table, "local-id");
    Optional<Identification> remoteId = identity(table, "remote-id");
    return new Draft(
        name,
        table.position(),
        addresses(table),
        port(table),
        localId,
        remoteId,
        new AuthReader(folder, problems).read(table, localId, remoteId));
  }

  private List<InetAddress> addresses(ConfigTable table) {
    List<InetAddress> addresses = new ArrayList<>();
    for (Located<String> text : table.texts("address", ADDRESS_FORM)) {
      Optional<InetAddress> address = Addresses.parse(text.value());
      if (address.isEmpty()) {
        problems.error(
            text.at(),
            "address \"%s\" in %s is no address (names are not looked up); %s"
                .formatted(text.value(), table.title(), ADDRESS_FORM));
      } else if (!Addresses.isUnicast(address.get())) {
        problems.error(
            text.at(),
            "address %s in %s is not that of a host; %s"
                .formatted(text.value(), table.title(), ADDRESS_FORM));
      } else if (addresses.contains(address.get())) {
        problems.error(
            text.at(), "address %s in %s is there twice".formatted(text.value(), table.title()));
      } else if (addresses.size() == MAX_ADDRESSES) {
        problems.error(
            text.at(),
            "too many addresses in %s; at most %d".formatted(table.title(), MAX_ADDRESSES));
        break;
      } else {
        addresses.add(address.get());
      }
    }
    return addresses;
  }

  private int port(ConfigTable table) {
    Optional<Located<Long>> port = table.optionalNumber("port", PORT_FORM);
    if (port.isEmpty()) {
      return DEFAULT_PORT;
    }
    long number = port.get().value();
    if (number < 1 || number > 65535) {
      problems.error(
          port.get().at(), "port %d in %s; %s".formatted(number, table.title(), PORT_FORM));
      return DEFAULT_PORT;
    }
    return (int) number;
  }

  private Optional<Identification> identity(ConfigTable table, String key) {
    return table
        .text(key, IdentityText.ALLOWED)
        .flatMap(text -> IdentityText.read(text, key, table, problems));
  }
}
