package io.gkm.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gkm.group.Confidentiality;
import io.gkm.group.Flow;
import io.gkm.group.GroupOptions;
import io.gkm.group.GroupSettings;
import io.gkm.group.Role;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
  @TempDir private Path folder;
  private ConfigFolder files;

  @BeforeEach
  void setUp() throws Exception {
    files = new ConfigFolder(folder);
  }

  @Test
  void readsTheExample() throws Exception {
    try (Configuration configuration = files.load(ConfigFolder.EXAMPLE)) {
      assertThat(configuration.controlSocket()).isEqualTo(Path.of("/run/gkm/gkm.sock"));
      assertThat(configuration.warnings()).isEmpty();
      assertThat(configuration.groupCount()).isEqualTo(1);
      ControllerConfig hq = configuration.controllers().get(0);
      assertThat(hq.name()).isEqualTo("hq");
      assertThat(hq.addresses())
          .containsExactly(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1}));
      assertThat(hq.port()).isEqualTo(500);
      assertThat(hq.auth().psk().orElseThrow().bytes())
          .isEqualTo("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
      GroupSettings video = hq.groups().get(0);
      assertThat(configuration.onExit()).isEqualTo(OnExit.GUARD);
      assertThat(video.name()).isEqualTo("video");
      assertThat(video.options()).isEqualTo(GroupOptions.DEFAULT);
      assertThat(video.role()).isEqualTo(Role.BOTH);
      assertThat(video.interfaceName()).isEqualTo("eth0");
      assertThat(video.allow()).containsExactly(Flow.parse("0.0.0.0/0 -> 239.1.1.1/32 udp/5000"));
    }
  }

  @Test
  void readsWhatIsOptional() throws Exception {
    String text =
        "[agent]\ncontrol-socket = \"/run/other/gkm.sock\"\non-exit = \"clean\"\n"
            + ConfigFolder.EXAMPLE
                .replace("port      = 500\n", "")
                .replace("[\"192.0.2.1\"]", "[\"192.0.2.1\", \"2001:db8::1\"]")
            + """
            confidentiality = "optional"
            replay-window   = 1024
            renew-after-packets = 1000000
            bypass          = ["10.0.0.7/32 -> 239.1.1.1/32 udp/5000"]
            experimental    = "kw-arx"
            """;
    try (Configuration configuration = files.load(text)) {
      assertThat(configuration.controlSocket()).isEqualTo(Path.of("/run/other/gkm.sock"));
      assertThat(configuration.controllers().get(0).port()).isEqualTo(500);
      assertThat(configuration.onExit()).isEqualTo(OnExit.CLEAN);
      assertThat(configuration.controllers().get(0).addresses()).hasSize(2);
      assertThat(configuration.controllers().get(0).groups().get(0).options())
          .isEqualTo(
              new GroupOptions(
                  Confidentiality.OPTIONAL,
                  1024,
                  1_000_000,
                  List.of(Flow.parse("10.0.0.7/32 -> 239.1.1.1/32 udp/5000")),
                  true));
    }
  }

  /** What is replaced in the example, by what, and how the first problem then reads. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[controller.hq]|[controler.hq]|1:1: unknown table \"controler\" in the file; allowed: agent, controller, group",
        "port      =|prot      =|3:1: unknown key \"prot\" in [controller.hq]; allowed: address, port, local-id, remote-id, auth",
        "psk-file  =|psk       =|6:1: [controller.hq.auth] has no psk-file; write the name of a file with the pre-shared key, relative to this file's folder",
        "role |rolle |9:1: [group.video] has no role; write \"sender\", \"receiver\" or \"both\"",
        "[\"192.0.2.1\"]|\"192.0.2.1\"|2:1: address in [controller.hq] is not a list; write IPv4 or IPv6 addresses of the key server, such as [\"192.0.2.1\"]",
        "[\"192.0.2.1\"]|[]|2:1: address in [controller.hq] is empty; write IPv4 or IPv6 addresses of the key server, such as [\"192.0.2.1\"]",
        "[\"192.0.2.1\"]|[\"192.0.2.1\", 7]|2:27: address in [controller.hq] has an element that is not text in quotes; write IPv4 or IPv6 addresses of the key server, such as [\"192.0.2.1\"]",
        "192.0.2.1|gcks.example|2:14: address \"gcks.example\" in [controller.hq] is no address (names are not looked up); write IPv4 or IPv6 addresses of the key server, such as [\"192.0.2.1\"]",
        "192.0.2.1|239.0.2.1|2:14: address 239.0.2.1 in [controller.hq] is not that of a host; write IPv4 or IPv6 addresses of the key server, such as [\"192.0.2.1\"]",
        "[\"192.0.2.1\"]|[\"192.0.2.1\", \"192.0.2.1\"]|2:27: address 192.0.2.1 in [controller.hq] is there twice",
        "= 500|= 0|3:1: port 0 in [controller.hq]; write a port from 1 to 65535; 500 if absent",
        "= 500|= 65536|3:1: port 65536 in [controller.hq]; write a port from 1 to 65535; 500 if absent",
        "= 500|= \"500\"|3:1: port in [controller.hq] is not a whole number; write a port from 1 to 65535; 500 if absent",
        "\"both\"|\"all\"|12:1: role \"all\" in [group.video]; write \"sender\", \"receiver\" or \"both\"",
        "\"eth0\"|\"a/b\"|13:1: interface \"a/b\" in [group.video] cannot be an interface's name; write the name of a network interface, 1 to 15 characters, such as \"eth0\"",
        "\"eth0\"|\"..\"|13:1: interface \"..\" in [group.video] cannot be an interface's name; write the name of a network interface, 1 to 15 characters, such as \"eth0\"",
        "= \"hq\"|= \"hk\"|10:1: [group.video] names controller \"hk\", which does not exist; allowed: hq",
        "gm1.psk|gm2.psk|7:1: psk-file: FOLDER/gm2.psk does not exist; put the pre-shared key there",
        "239.1.1.1|192.0.2.9|14:15: allow in [group.video]: \"0.0.0.0/0 -> 192.0.2.9/32 udp/5000\": at character 14: destination 192.0.2.9/32 is not multicast (inside 224.0.0.0/4); write for example \"0.0.0.0/0 -> 239.1.1.1/32 udp/5000\"",
        "[group.video]|[group.\"a b\"]|9:1: bad name in [group.\"a b\"]; a name has 1 to 64 letters, digits, dots, dashes or underscores",
        "[group.video]|[group|9:7: not TOML: Unexpected end of line, expected ]",
      })
  void refuses(String part, String replacement, String problem) throws Exception {
    assertThat(ConfigFolder.EXAMPLE).contains(part);
    assertThat(files.problems(ConfigFolder.EXAMPLE.replace(part, replacement)))
        .contains(problem.replace("FOLDER", folder.toString()));
  }

  /** A line of the group, and how the first problem then reads. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "confidentiality = \"none\"|15:1: confidentiality \"none\" in [group.video]; write \"required\", or \"optional\" to accept AH and ESP that does not encrypt",
        "replay-window = 4097|15:1: replay-window 4097 in [group.video]; write a number of packets from 0 to 4096; 64 if absent",
        "replay-window = -1|15:1: replay-window -1 in [group.video]; write a number of packets from 0 to 4096; 64 if absent",
        "renew-after-packets = 0|15:1: renew-after-packets 0 in [group.video]; write a number of packets from 1 to 4026531840; 4026531840 if absent",
        "bypass = [\"0.0.0.0/0 -> 239.1.1.1/32 udp/5000\"]|15:11: bypass in [group.video]: \"0.0.0.0/0 -> 239.1.1.1/32 udp/5000\" is all of an entry of `allow`; leave it out of `allow`",
        "bypass = [\"0.0.0.0/0 -> 239.1.1.1/32 udp\"]|15:11: bypass in [group.video]: \"0.0.0.0/0 -> 239.1.1.1/32 udp\" is not inside an entry of `allow`",
        "bypass = [\"10.0.0.0/8 -> 239.1.1.1/32\"]|15:11: bypass in [group.video]: \"10.0.0.0/8 -> 239.1.1.1/32\" is not inside an entry of `allow`",
        "experimental = \"all\"|15:1: experimental \"all\" in [group.video]; write \"kw-arx\" to let the key server wrap keys with KW_ARX, or leave it out",
        "[agent];on-exit = \"open\"|16:1: on-exit \"open\" in [agent]; write \"guard\" to leave the groups' traffic blocked, or \"clean\" to leave nothing",
      })
  void refusesOptions(String line, String problem) throws Exception {
    assertThat(files.problems(ConfigFolder.EXAMPLE + line.replace(";", "\n") + "\n"))
        .containsExactly(problem);
  }

  @Test
  void refusesUnknownIdentities() throws Exception {
    String allowed = IdentityText.ALLOWED;
    assertThat(
            files.problems(
                ConfigFolder.EXAMPLE
                    .replace("fqdn:gm1.example", "gm1.example")
                    .replace("fqdn:gcks.example", "fqdn:gcks example")
                    .replace("key-id:video", "keyid:video")))
        .containsExactly(
            "4:1: local-id in [controller.hq]: identity \"gm1.example\" must start with fqdn:,"
                + " email:, ipv4:, ipv6:, key-id: or dn:; "
                + allowed,
            "5:1: remote-id in [controller.hq]: identity \"gcks example\" must be printable ASCII"
                + " without spaces; "
                + allowed,
            "11:1: id in [group.video]: identity \"keyid:video\" must start with fqdn:, email:,"
                + " ipv4:, ipv6:, key-id: or dn:; "
                + allowed);
  }

  @Test
  void refusesAnEmptyFile() throws Exception {
    assertThat(files.problems(""))
        .containsExactly(
            "1:1: the file has no controller; write [controller.NAME] with address, local-id,"
                + " remote-id and [controller.NAME.auth]",
            "1:1: the file has no group; write [group.NAME] with controller, id, role, interface"
                + " and allow");
  }

  @Test
  void refusesTheSameGroupTwiceAndTrafficOfTwoGroups() throws Exception {
    String second =
        """
        [group.other]
        controller = "hq"
        id         = "key-id:video"
        role       = "receiver"
        interface  = "eth0"
        allow      = ["10.0.0.0/8 -> 239.1.0.0/16", "0.0.0.0/0 -> 239.2.0.1/32 udp/5001"]
        """;
    assertThat(files.problems(ConfigFolder.EXAMPLE + second))
        .containsExactly(
            "17:1: [group.other] has the same id as [group.video] on controller hq; a group is"
                + " joined once",
            "20:15: allow in [group.other]: \"10.0.0.0/8 -> 239.1.0.0/16\" overlaps \"0.0.0.0/0 ->"
                + " 239.1.1.1/32 udp/5000\" of [group.video]; traffic belongs to one group");
  }

  @Test
  void refusesTheSameFlowTwice() throws Exception {
    String flow = "\"0.0.0.0/0 -> 239.1.1.1/32 udp/5000\"";
    assertThat(files.problems(ConfigFolder.EXAMPLE.replace(flow, flow + ", " + flow)))
        .containsExactly("14:53: allow in [group.video] has " + flow + " twice");
  }

  @Test
  void saysAllThatIsWrongAtOnceInTheOrderOfTheFile() throws Exception {
    List<String> problems =
        files.problems(
            ConfigFolder.EXAMPLE
                .replace("192.0.2.1", "nowhere")
                .replace("\"both\"", "\"all\"")
                .replace("= 500", "= -1"));
    assertThat(problems).hasSize(3);
    assertThat(problems.get(0)).startsWith("2:14: ");
    assertThat(problems.get(1)).startsWith("3:1: ");
    assertThat(problems.get(2)).startsWith("12:1: ");
  }

  @Test
  void quotesHarmlessly() throws Exception {
    assertThat(files.problems(ConfigFolder.EXAMPLE.replace("\"both\"", "\"\\u001b[2J\\n\"")))
        .containsExactly(
            "12:1: role \"\\u001b[2J\\u000a\" in [group.video]; write \"sender\", \"receiver\" or"
                + " \"both\"");
  }

  @Test
  void namesTheFileInEveryLine() throws Exception {
    Path config = files.config("x = 1\n" + ConfigFolder.EXAMPLE);
    assertThatThrownBy(() -> Configuration.load(config))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            config + ":1:1: unknown key \"x\" in the file; allowed: agent, controller, group");
  }

  @Test
  void refusesWhatIsNoConfigurationFile() throws Exception {
    Path missing = folder.resolve("missing.toml");
    assertThatThrownBy(() -> Configuration.load(missing)).hasMessage(missing + ": does not exist");
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xc3, (byte) 0x28});
    assertThatThrownBy(() -> Configuration.load(binary))
        .hasMessage(binary + ": is not UTF-8 text; a configuration is TOML in UTF-8");
    Path large = Files.write(folder.resolve("large"), new byte[(1 << 20) + 1]);
    assertThatThrownBy(() -> Configuration.load(large))
        .hasMessageContaining("is larger than 1048576 octets");
    assertThatThrownBy(() -> Configuration.load(folder))
        .hasMessageStartingWith(folder + ": cannot be read: ");
  }

  @Test
  void warnsOfAControllerWithoutGroup() throws Exception {
    String unused = ConfigFolder.EXAMPLE.substring(0, ConfigFolder.EXAMPLE.indexOf("[group"));
    try (Configuration configuration =
        files.load(ConfigFolder.EXAMPLE + unused.replace("controller.hq", "controller.spare"))) {
      assertThat(configuration.warnings())
          .containsExactly(
              new ConfigProblem(15, 1, "no group uses [controller.spare]; it is not contacted"));
    }
  }
}
