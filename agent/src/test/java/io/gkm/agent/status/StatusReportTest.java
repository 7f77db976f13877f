package io.gkm.agent.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusReportTest {

  /** The form is an interface to other programs: this file only ever grows within schema 1. */
  @Test
  void hasThePublishedJsonForm() throws Exception {
    try (InputStream golden = getClass().getResourceAsStream("/io/gkm/agent/status.json")) {
      assertThat(Json.pretty(Reports.mixed().toJson()) + "\n")
          .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void comesBackFromItsJsonForm() throws Exception {
    StatusReport report = Reports.mixed();
    assertThat(StatusReport.fromJson(Json.parse(Json.line(report.toJson())))).isEqualTo(report);
    StatusReport failing = Reports.outOfStep();
    assertThat(StatusReport.fromJson(Json.parse(Json.pretty(failing.toJson())))).isEqualTo(failing);
  }

  @Test
  void isRegisteredOnlyWhenAllGroupsAreAndTheKernelHoldsTheirKeys() {
    assertThat(Reports.good().allRegistered()).isTrue();
    assertThat(Reports.mixed().allRegistered()).isFalse();
    assertThat(Reports.outOfStep().allRegistered()).isFalse();
  }

  @Test
  void ignoresFieldsOfLaterVersionsButNoOtherSchema() throws Exception {
    String line = Json.line(Reports.good().toJson());
    assertThat(StatusReport.fromJson(Json.parse(line.replaceFirst("\\{", "{\"new\":[1],"))))
        .isEqualTo(Reports.good());
    assertThatThrownBy(
            () -> StatusReport.fromJson(Json.parse(line.replace("\"schema\":1", "\"schema\":2"))))
        .isInstanceOf(JsonFormatException.class)
        .hasMessage("the daemon speaks schema 2 of the status, this gkm schema 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "1",
        "nul",
        "{",
        "{\"a\":1",
        "{\"a\":1}{}",
        "{\"a\":1.5}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":99999999999999999999}",
        "{a:1}"
      })
  void refusesWhatIsNoJsonObject(String text) {
    assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(JsonFormatException.class);
  }

  @Test
  void refusesDeepNesting() {
    String deep = "{\"a\":" + "[".repeat(100_000);
    assertThatThrownBy(() -> Json.parse(deep)).isInstanceOf(JsonFormatException.class);
  }

  @Test
  void anyDamageIsAJsonFormatExceptionOrAReport() {
    long seed = 20260301;
    Random random = new Random(seed);
    byte[] line = Json.line(Reports.mixed().toJson()).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 3000; i++) {
      byte[] damaged = line.clone();
      for (int j = random.nextInt(3); j >= 0; j--) {
        damaged[random.nextInt(damaged.length)] = (byte) (32 + random.nextInt(95));
      }
      String text = new String(damaged, StandardCharsets.UTF_8);
      try {
        assertThat(StatusReport.fromJson(Json.parse(text))).isNotNull();
      } catch (JsonFormatException expected) {
        assertThat(expected.getMessage()).as("seed %d, round %d", seed, i).isNotEmpty();
      }
    }
  }
}
