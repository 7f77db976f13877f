package io.gkm.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PskFileTest {
  private static final String KEY = "correct horse battery staple";

  @TempDir private Path folder;
  private ConfigFolder files;

  @BeforeEach
  void setUp() throws Exception {
    files = new ConfigFolder(folder);
  }

  private byte[] read(String content) throws Exception {
    try (var secret = PskFile.read(files.secret("psk", content, "rw-------")).secret()) {
      return secret.bytes().clone();
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void takesTheOctetsWithoutOneNewlineAtTheEnd() throws Exception {
    assertThat(read(KEY)).isEqualTo(ascii(KEY));
    assertThat(read(KEY + "\n")).isEqualTo(ascii(KEY));
    assertThat(read(KEY + "\n\n")).isEqualTo(ascii(KEY + "\n"));
    assertThat(read(" " + KEY + " ")).isEqualTo(ascii(" " + KEY + " "));
  }

  @Test
  void takesHexadecimal() throws Exception {
    assertThat(read("0x00fF10\n")).isEqualTo(new byte[] {0, (byte) 0xff, 0x10});
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x0", "0x0g", "0x00 11", "0x00\n\n"})
  void refusesBadHexadecimal(String content) {
    assertThatThrownBy(() -> read(content))
        .hasMessageEndingWith("but is not an even number of hexadecimal digits after it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "0x", "0x\n"})
  void refusesAnEmptyKey(String content) {
    assertThatThrownBy(() -> read(content)).hasMessageContaining("1 to 4096 octets");
  }

  @Test
  void takesUpTo4096Octets() throws Exception {
    assertThat(read("k".repeat(4096) + "\n")).hasSize(4096);
    assertThat(read("0x" + "ab".repeat(4096) + "\n")).hasSize(4096);
    assertThatThrownBy(() -> read("k".repeat(4097))).hasMessageContaining("too long a key");
    assertThatThrownBy(() -> read("0x" + "ab".repeat(4097))).hasMessageContaining("too long a key");
    assertThatThrownBy(() -> read("k".repeat(100_000))).hasMessageContaining("too long a key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw-rw----", "rw----r--", "rw-----w-", "rw--w----"})
  void refusesFilesOfWhichOthersKnow(String permissions) throws Exception {
    Path file = files.secret("psk", KEY, permissions);
    assertThatThrownBy(() -> PskFile.read(file))
        .isInstanceOf(RefusedFileException.class)
        .hasMessage("others may read or change %s; make it private: chmod 600 %s", file, file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"r--------", "rw-------", "rwx--x--x"})
  void takesPrivateFiles(String permissions) throws Exception {
    PskFile.read(files.secret("psk", KEY, permissions)).secret().close();
  }

  @Test
  void refusesAFileOfAnotherUser() throws Exception {
    Path file = files.secret("psk", KEY, "rw-------");
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "needs root");
    Files.setAttribute(file, "unix:uid", 12345);
    assertThatThrownBy(() -> PskFile.read(file))
        .hasMessage(
            "%s belongs to user id 12345; it must belong to root or to the user gkm runs as:"
                + " chown root %s",
            file, file);
  }

  @Test
  void refusesWhatIsNoFile() {
    assertThatThrownBy(() -> PskFile.read(folder)).hasMessage("%s is not a regular file", folder);
    assertThatThrownBy(() -> PskFile.read(Path.of("/dev/null")))
        .hasMessage("/dev/null is not a regular file");
  }

  @Test
  void warnsOfShortKeysAndCarriageReturns() throws Exception {
    assertThat(PskFile.read(files.secret("psk", "k".repeat(15), "rw-------")).doubt())
        .hasValueSatisfying(doubt -> assertThat(doubt).contains("is short and can be guessed"));
    assertThat(PskFile.read(files.secret("psk", KEY + "\r\n", "rw-------")).doubt())
        .hasValueSatisfying(doubt -> assertThat(doubt).contains("carriage return"));
    assertThat(PskFile.read(files.secret("psk", "k".repeat(16), "rw-------")).doubt()).isEmpty();
  }

  @Test
  void zeroesWhatItRead() throws Exception {
    byte[] content = ascii(KEY + "\n");
    PskFile.decode(folder, content).secret().close();
    assertThat(content).containsOnly(0);
  }

  @Test
  void aProblemNeverShowsTheKey() throws Exception {
    files.secret("gm1.psk", "0x" + KEY, "rw-------");
    assertThat(files.problems(ConfigFolder.EXAMPLE))
        .singleElement()
        .asString()
        .startsWith("7:1: psk-file: ")
        .doesNotContain("horse");
  }
}
