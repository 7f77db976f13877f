package io.gkm.interop;

import io.gkm.lab.LabHost;
import io.gkm.lab.LabProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * strongSwan's IKE daemon from the distribution's packages, in a host of the lab, with a run
 * directory of its own. It is controlled by swanctl.
 */
final class Charon {
  static final Path PROGRAM = Path.of("/usr/lib/ipsec/charon");
  private static final Duration SOON = Duration.ofSeconds(20);

  private final LabHost host;
  private final Path directory;
  private final LabProcess process;

  private Charon(LabHost host, Path directory, LabProcess process) {
    this.host = host;
    this.directory = directory;
    this.process = process;
  }

  /** What is missing for tests with it; empty when it is there. */
  static String missing() {
    for (Path file : List.of(PROGRAM, Path.of("/usr/sbin/swanctl"))) {
      if (!Files.isExecutable(file)) {
        return file + " is missing: scripts/setup --peer installs it";
      }
    }
    return "";
  }

  /**
   * A configuration for a member gm1.example that proves itself by a pre-shared key.
   *
   * @param more lines of the connection
   */
  static String preSharedKey(String proposals, String more, String secret) {
    return """
    connections {
      gm {
        version = 2
        proposals = %s
        childless = force
        rekey_time = 0
        %s
        local {
          auth = psk
          id = gcks.example
        }
        remote {
          auth = psk
          id = gm1.example
        }
      }
    }
    secrets {
      ike-gm {
        id = gm1.example
        secret = "%s"
      }
    }
    """
        .formatted(proposals, more, secret);
  }

  /**
   * Starts it.
   *
   * @param options further lines of the section {@code charon}
   */
  static Charon start(LabHost host, String options) throws IOException {
    return start(host, options, 1);
  }

  /**
   * The same.
   *
   * @param verbosity of what it logs about its work: -1 for nothing
   */
  static Charon start(LabHost host, String options, int verbosity) throws IOException {
    Path directory = Files.createTempDirectory("gkm-charon");
    Path file = directory.resolve("strongswan.conf");
    Files.writeString(
        file,
        """
        charon {
          load = random nonce aes sha1 sha2 hmac kdf openssl pem pkcs1 pkcs8 x509 pubkey constraints revocation kernel-netlink socket-default vici
          install_routes = no
          install_virtual_ip = no
          plugins {
            vici {
              socket = unix://%s/vici
            }
          }
          filelog {
            stdout {
              default = %d
              lib = 1
            }
          }
          %s
        }
        """
            .formatted(directory, verbosity, options));
    // Its PID file has a fixed place in /run; this mount is seen by nobody else.
    String command =
        "mount -t tmpfs tmpfs /run && STRONGSWAN_CONF=%s exec stdbuf -oL %s"
            .formatted(file, PROGRAM);
    LabProcess process = host.start("sh", "-c", command);
    process.awaitLine("loaded plugins: .* vici", SOON);
    return new Charon(host, directory, process);
  }

  /** Loads connections and secrets, instead of those before. */
  void load(String swanctlConf) throws IOException {
    Path file = directory.resolve("swanctl.conf");
    Files.writeString(file, swanctlConf);
    swanctl("--load-all", "--clear", "--file", file.toString());
  }

  /** Puts a file where {@link #load} finds it, such as {@code private/gcks.pem}. */
  void file(String name, String content) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  /** Runs a command of swanctl. */
  String swanctl(String... arguments) {
    List<String> command = new ArrayList<>(List.of("/usr/sbin/swanctl", arguments[0]));
    command.addAll(List.of("--uri", "unix://" + directory + "/vici"));
    command.addAll(List.of(arguments).subList(1, arguments.length));
    return host.exec(SOON, command.toArray(new String[0])).orThrow().stdout();
  }

  LabHost host() {
    return host;
  }

  LabProcess process() {
    return process;
  }
}
