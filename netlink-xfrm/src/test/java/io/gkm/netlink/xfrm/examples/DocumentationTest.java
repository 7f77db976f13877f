package io.gkm.netlink.xfrm.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.gkm.netlink.xfrm.XfrmAttributeType;
import io.gkm.netlink.xfrm.XfrmDirection;
import io.gkm.netlink.xfrm.XfrmMessageType;
import io.gkm.netlink.xfrm.XfrmPolicy;
import io.gkm.netlink.xfrm.XfrmPolicyId;
import io.gkm.netlink.xfrm.XfrmSelector;
import io.gkm.netlink.xfrm.fake.Flow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/netlink-xfrm.md shows these very examples, and every message and attribute there is. */
class DocumentationTest {
  private static final Path SOURCES = Path.of("src/test/java/io/gkm/netlink/xfrm/examples");
  private static final Path PAGE = Path.of("../docs/netlink-xfrm.md");

  @Test
  void thePageShowsWhatRuns() throws Exception {
    String page = Files.readString(PAGE);
    List<String> shown = new ArrayList<>();
    for (Path example : sources(SOURCES)) {
      String source = Files.readString(example);
      int begin = source.indexOf("    // begin\n");
      if (begin >= 0 && !example.endsWith("DocumentationTest.java")) {
        String code = source.substring(begin + 13, source.indexOf("    // end\n"));
        assertThat(page)
            .as(example.toString())
            .contains("```java\n" + code.stripTrailing().stripIndent() + "\n```");
        shown.add(example.getFileName().toString());
      }
    }
    assertThat(shown).hasSize(5);
  }

  @Test
  void theMatrixIsComplete() throws Exception {
    String page = Files.readString(PAGE);
    for (XfrmMessageType type : XfrmMessageType.values()) {
      assertThat(page).contains(String.format("| 0x%02x | %s |", type.number(), type.name()));
    }
    for (XfrmAttributeType type : XfrmAttributeType.values()) {
      assertThat(page).contains(String.format("| %d | %s |", type.number(), type.name()));
    }
  }

  @Test
  void theExampleWithoutRoot() throws Exception {
    XfrmPolicy policy =
        XfrmPolicy.block(
            XfrmPolicyId.of(
                XfrmSelector.of(Examples.ANY, 0, Examples.GROUP, 32), XfrmDirection.OUT),
            1);
    Flow packet = Flow.of(Examples.SENDER, 40000, Examples.GROUP, 5000, 17);
    assertThat(WithoutRoot.run(policy, packet).map(XfrmPolicy::id)).contains(policy.id());
  }

  /** Each public type says what it is. */
  @Test
  void everyPublicTypeHasAComment() throws Exception {
    List<String> silent = new ArrayList<>();
    for (Path file : sources(Path.of("src/main/java"))) {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        if (lines
                .get(i)
                .matches(
                    "\\s*public (static |final |sealed |abstract )*(class|record|enum|interface) .*")
            && !commented(lines, i)) {
          silent.add(file + ":" + (i + 1));
        }
      }
    }
    assertThat(silent).isEmpty();
    assertThat(sources(Path.of("src/main/java")).stream().map(Path::getParent).distinct())
        .isNotEmpty()
        .allMatch(folder -> Files.exists(folder.resolve("package-info.java")));
  }

  private static boolean commented(List<String> lines, int type) {
    int before = type - 1;
    while (lines.get(before).strip().startsWith("@")) {
      before--;
    }
    return lines.get(before).strip().endsWith("*/");
  }

  private static List<Path> sources(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
