package io.gkm.lab.controller;

import io.gkm.ike.Credentials;
import io.gkm.ike.MessageSealer;
import io.gkm.ike.OwnCredential;
import io.gkm.ike.PreSharedKey;
import io.gkm.ike.crypto.Secret;
import io.gkm.ike.wire.Identification;
import io.gkm.ike.wire.KwaId;
import io.gkm.ike.wire.SnId;
import io.gkm.ike.wire.TrafficSelector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * The key server's configuration file:
 *
 * <pre>
 * [controller]
 * address = "10.9.0.1"
 * id      = "fqdn:gcks.example"
 * ports   = [500, 4500]              # cookie = true, key-exchange = 19 where wanted
 * [member.gm1]
 * id = "fqdn:gm1.example"
 * psk-file = "gm1.psk"              # or ca-file, crl-files, or public-key-file
 * groups = ["video"]
 * [group.video]
 * id = "key-id:video"
 * lifetime = 3600                    # sender-id-bits, atd, dtd, mode, full, inband where wanted
 * [group.video.rekey]                # by multicast, where wanted
 * address = "239.255.0.1"            # port, lifetime, interval, copies, copy-interval (ms)
 * signature = "ed25519"              # else implicit; tree-depth, announce-next, max-message
 * [[group.video.sa]]
 * destination = "239.1.1.1"          # source = "any" | address | prefix
 * protocol = "udp"                   # or a number; ports = "5000" | "5000-5010"
 * encryption = "aes-cbc-256"         # left out: AH
 * integrity = "hmac-sha2-256"        # sn, spi where wanted
 * </pre>
 */
final class ControllerFile {
  private ControllerFile() {}

  /** Reads the file; IllegalArgumentException says what is wrong in it. */
  static ControllerSettings read(Path file) throws IOException {
    TomlParseResult toml = Toml.parse(file);
    if (toml.hasErrors()) {
      throw new IllegalArgumentException(file + ": " + toml.errors().get(0));
    }
    Section root = new Section(file.toString(), toml);
    root.allow("controller", "member", "group");
    Section controller = root.section("controller");
    controller.allow(
        "address", "id", "ports", "cookie", "key-exchange", "certificate-file", "key-file");
    List<Integer> ports =
        controller.numbers("ports").isEmpty() ? List.of(500, 4500) : controller.numbers("ports");
    OptionalInt keyExchange = controller.number("key-exchange");
    Path folder = file.toAbsolutePath().getParent();
    Optional<OwnCredential> own = Optional.empty();
    if (controller.optional("certificate-file").isPresent()) {
      own =
          Optional.of(
              MemberAuth.certificate(
                  folder.resolve(controller.text("certificate-file")),
                  folder.resolve(controller.text("key-file"))));
    }
    return new ControllerSettings(
        InetAddress.getByName(controller.text("address")),
        ports,
        Identification.parse(controller.text("id")),
        controller.flag("cookie"),
        keyExchange,
        members(root.section("member"), folder, own),
        groups(root.section("group")));
  }

  private static List<ControllerSettings.Member> members(
      Section all, Path folder, Optional<OwnCredential> own) throws IOException {
    List<ControllerSettings.Member> members = new ArrayList<>();
    for (String name : all.keys()) {
      Section member = all.section(name);
      member.allow("id", "psk-file", "ca-file", "crl-files", "public-key-file", "groups");
      members.add(member(name, member, folder, own));
    }
    return members;
  }

  /** A side that has nothing else proves itself by the pre-shared key. */
  private static ControllerSettings.Member member(
      String name, Section member, Path folder, Optional<OwnCredential> own) throws IOException {
    Identification id = Identification.parse(member.text("id"));
    MemberAuth.Shown shown;
    if (member.optional("ca-file").isPresent()) {
      List<Path> crls = member.texts("crl-files").stream().map(folder::resolve).toList();
      shown = MemberAuth.authority(folder.resolve(member.text("ca-file")), crls);
    } else if (member.optional("public-key-file").isPresent()) {
      shown = MemberAuth.publicKey(folder.resolve(member.text("public-key-file")));
    } else {
      return new ControllerSettings.Member(
          name, id, psk(folder.resolve(member.text("psk-file"))), member.texts("groups"));
    }
    Optional<OwnCredential> server = own;
    if (member.optional("psk-file").isPresent()) {
      server = Optional.of(new PreSharedKey(psk(folder.resolve(member.text("psk-file")))));
    }
    return new ControllerSettings.Member(
        name,
        id,
        new Credentials(
            server.orElseThrow(
                () ->
                    new IllegalArgumentException(
                        name + " signs, but the key server has neither certificate nor psk-file")),
            shown.proof()),
        shown.certificates(),
        member.texts("groups"));
  }

  /** The octets without a newline at their end; behind 0x in hexadecimal. */
  private static Secret psk(Path file) throws IOException {
    String text = Files.readString(file).replaceFirst("\n$", "");
    return text.startsWith("0x")
        ? Secret.wrap(HexFormat.of().parseHex(text.substring(2)))
        : Secret.wrap(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static List<ControllerSettings.Group> groups(Section all) throws IOException {
    List<ControllerSettings.Group> groups = new ArrayList<>();
    for (String name : all.keys()) {
      Section group = all.section(name);
      group.allow(
          "id",
          "lifetime",
          "sender-id-bits",
          "atd",
          "dtd",
          "mode",
          "full",
          "sa",
          "rekey",
          "inband");
      List<ControllerSettings.DataSa> sas = new ArrayList<>();
      for (Section sa : group.list("sa")) {
        sas.add(dataSa(sa));
      }
      groups.add(
          new ControllerSettings.Group(
              name,
              Identification.parse(group.text("id")),
              Duration.ofSeconds(group.number("lifetime").orElse(3600)),
              group.optional("mode").orElse("transport").equals("transport"),
              group.number("sender-id-bits").orElse(8),
              group.number("atd"),
              group.number("dtd"),
              group.flag("full"),
              sas,
              group.optionalSection("rekey").isPresent()
                  ? Optional.of(rekey(group.optionalSection("rekey").get(), group))
                  : Optional.empty(),
              group.flag("inband")));
    }
    return groups;
  }

  private static RekeySettings rekey(Section rekey, Section group) throws IOException {
    rekey.allow(
        "address",
        "port",
        "encryption",
        "integrity",
        "kwa",
        "signature",
        "lifetime",
        "interval",
        "copies",
        "copy-interval",
        "tree-depth",
        "announce-next",
        "max-message");
    int lifetime = rekey.number("lifetime").orElse(86400);
    int sas = group.number("lifetime").orElse(3600);
    int port = rekey.number("port").orElse(848);
    return new RekeySettings(
        new InetSocketAddress(InetAddress.getByName(rekey.text("address")), port),
        port,
        TransformNames.encryption(rekey.optional("encryption").orElse("aes-gcm-16-256")),
        rekey.optional("integrity").map(TransformNames::integrity),
        rekey.number("kwa").orElse(KwaId.KW_5649_256),
        rekey.optional("signature").map(SigningKey.Kind::named),
        Duration.ofSeconds(lifetime),
        Duration.ofSeconds(rekey.number("interval").orElse(sas * 6 / 10)),
        rekey.number("copies").orElse(3),
        Duration.ofMillis(rekey.number("copy-interval").orElse(1000)),
        rekey.number("tree-depth"),
        rekey.flag("announce-next"),
        rekey.number("max-message").orElse(MessageSealer.WHOLE));
  }

  private static ControllerSettings.DataSa dataSa(Section sa) throws IOException {
    sa.allow("source", "destination", "protocol", "ports", "encryption", "integrity", "sn", "spi");
    String source = sa.optional("source").orElse("any");
    boolean singleSource = !source.equals("any") && !source.contains("/");
    SelectorText selector =
        new SelectorText(sa.optional("protocol").orElse("any"), sa.optional("ports").orElse("any"));
    TrafficSelector destination = selector.destination(sa.text("destination"));
    return new ControllerSettings.DataSa(
        selector.source(source, destination.isIpv6()),
        destination,
        sa.optional("encryption").map(TransformNames::encryption),
        sa.optional("integrity").map(TransformNames::integrity),
        sa.number("sn").orElse(singleSource ? SnId.SEQUENTIAL_32 : SnId.UNSPECIFIED_32),
        sa.optional("spi").map(s -> Long.decode(s)));
  }

  /** One table of the file, with errors that name it. */
  private record Section(String where, TomlTable table) {
    void allow(String... names) {
      for (String key : table.keySet()) {
        if (!List.of(names).contains(key)) {
          throw new IllegalArgumentException(
              where + ": unknown key " + key + "; allowed: " + String.join(", ", names));
        }
      }
    }

    java.util.Set<String> keys() {
      return table.keySet();
    }

    Section section(String key) {
      TomlTable inner = table.getTable(key);
      if (inner == null) {
        throw new IllegalArgumentException(where + ": no table " + key);
      }
      return new Section(where + " " + key, inner);
    }

    Optional<Section> optionalSection(String key) {
      return Optional.ofNullable(table.getTable(key))
          .map(inner -> new Section(where + " " + key, inner));
    }

    List<Section> list(String key) {
      List<Section> sections = new ArrayList<>();
      var array = table.getArray(key);
      for (int i = 0; array != null && i < array.size(); i++) {
        sections.add(new Section(where + " " + key + "[" + i + "]", array.getTable(i)));
      }
      return sections;
    }

    String text(String key) {
      return optional(key)
          .orElseThrow(() -> new IllegalArgumentException(where + ": " + key + " is missing"));
    }

    Optional<String> optional(String key) {
      return Optional.ofNullable(table.getString(key));
    }

    OptionalInt number(String key) {
      Long value = table.getLong(key);
      return value == null ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(value));
    }

    List<Integer> numbers(String key) {
      var array = table.getArray(key);
      return array == null
          ? List.of()
          : array.toList().stream().map(v -> Math.toIntExact((Long) v)).toList();
    }

    List<String> texts(String key) {
      var array = table.getArray(key);
      return array == null ? List.of() : array.toList().stream().map(String.class::cast).toList();
    }

    boolean flag(String key) {
      return Boolean.TRUE.equals(table.getBoolean(key));
    }
  }
}
