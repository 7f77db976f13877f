package io.gkm.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * docs/rfc9838.md says of each requirement where it is kept and tested; here is whether it is true.
 */
class Rfc9838DocumentTest {
  private static final int MEMBER_RULES = 38;
  private static final int SERVER_RULES = 23;
  private static final Pattern TAG = Pattern.compile("@Tag\\(\"((?:GM|KS)-\\d+)\"\\)");
  private static final Pattern NAME = Pattern.compile("`(\\w+)`");

  private record Row(String rule, String state, Set<String> classes, Set<String> tests) {}

  private static final List<Row> ROWS = new ArrayList<>();
  private static final Set<String> SOURCES = new HashSet<>();
  private static final Map<String, Set<String>> TAGGED = new TreeMap<>();

  @BeforeAll
  static void read() throws IOException {
    Path root = root();
    for (String line : Files.readAllLines(root.resolve("docs/rfc9838.md"))) {
      String[] cells = line.split("\\|", -1);
      if (line.startsWith("| GM-") || line.startsWith("| KS-")) {
        boolean member = cells.length > 7;
        ROWS.add(
            new Row(
                cells[1].strip(),
                cells[4].strip(),
                member ? names(cells[5]) : Set.of(),
                member ? names(cells[6]) : Set.of()));
      }
    }
    for (String module : List.of("agent", "native-test", "netlink-xfrm")) {
      for (Path file : javaFiles(root.resolve(module).resolve("src"))) {
        String name = file.getFileName().toString().replace(".java", "");
        SOURCES.add(name);
        Matcher tag = TAG.matcher(Files.readString(file));
        while (file.toString().contains("/src/test/") && tag.find()) {
          TAGGED.computeIfAbsent(tag.group(1), rule -> new TreeSet<>()).add(name);
        }
      }
    }
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docs/rfc9838.md"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  private static List<Path> javaFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  private static Set<String> names(String cell) {
    Set<String> names = new TreeSet<>();
    Matcher name = NAME.matcher(cell);
    while (name.find()) {
      names.add(name.group(1));
    }
    return names;
  }

  @Test
  void everyRequirementHasItsRow() {
    List<String> expected =
        Stream.concat(
                IntStream.rangeClosed(1, MEMBER_RULES).mapToObj(n -> "GM-" + n),
                IntStream.rangeClosed(1, SERVER_RULES).mapToObj(n -> "KS-" + n))
            .toList();

    assertThat(ROWS).extracting(Row::rule).containsExactlyElementsOf(expected);
  }

  @Test
  void theTestsAreThoseThatAreTagged() {
    for (Row row : ROWS) {
      if (row.rule().startsWith("GM-")) {
        assertThat(row.tests()).as(row.rule()).isEqualTo(TAGGED.getOrDefault(row.rule(), Set.of()));
      }
    }
    assertThat(ROWS).extracting(Row::rule).containsAll(TAGGED.keySet());
  }

  @Test
  void whatIsDoneHasAClassAndATest() {
    for (Row row : ROWS) {
      if (row.rule().startsWith("GM-")) {
        assertThat(row.state()).as(row.rule()).isNotEmpty();
        assertThat(row.classes()).as(row.rule()).isNotEmpty();
        assertThat(row.tests()).as(row.rule()).isNotEmpty();
      }
    }
  }

  @Test
  void everyClassExists() {
    for (Row row : ROWS) {
      assertThat(SOURCES).as(row.rule()).containsAll(row.classes()).containsAll(row.tests());
    }
  }
}
