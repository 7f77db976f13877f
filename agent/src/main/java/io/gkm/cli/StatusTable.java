package io.gkm.cli;

import io.gkm.agent.status.ControllerReport;
import io.gkm.agent.status.GroupReport;
import io.gkm.agent.status.IkeReport;
import io.gkm.agent.status.ProblemReport;
import io.gkm.agent.status.SaReport;
import io.gkm.agent.status.StatusReport;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The status for people. */
final class StatusTable {
  private final StatusReport report;

  StatusTable(StatusReport report) {
    this.report = report;
  }

  void print(PrintWriter out) {
    out.printf(
        "gkm %s, process %d, running for %s, configuration %s%n",
        report.version(), report.pid(), since(report.started()), report.config());
    if (!report.kernel().inStep()) {
      out.println("kernel: does not hold what the groups need");
    }
    printProblem(out, "  ", report.kernel().problem());
    report.controllers().forEach(controller -> print(out, controller));
  }

  private void print(PrintWriter out, ControllerReport controller) {
    out.printf(
        "%ncontroller %s (%s): %s for %s%s%n",
        controller.name(),
        controller.address(),
        controller.state(),
        since(controller.since()),
        next("next attempt", controller.nextAttempt()));
    controller.ike().ifPresent(ike -> print(out, ike));
    printProblem(out, "  ", controller.problem());
    controller.groups().forEach(group -> print(out, group));
  }

  private static void print(PrintWriter out, IkeReport ike) {
    out.printf(
        "  IKE SA %s %s, %s - %s, NAT %s%n",
        ike.spiInitiator(), ike.spiResponder(), ike.local(), ike.remote(), ike.nat());
    ike.suite().ifPresent(suite -> out.printf("  IKE suite %s%n", suite));
  }

  private void print(PrintWriter out, GroupReport group) {
    out.printf(
        "%n  group %s (%s), %s on %s: %s for %s%s%n",
        group.name(),
        group.id(),
        group.role(),
        group.interfaceName(),
        group.state(),
        since(group.since()),
        next("next registration", group.nextAttempt()));
    group.allow().forEach(flow -> out.printf("    allows %s%n", flow));
    if (!group.registered()) {
      out.println("    blocked, in and out, until the group is registered");
    }
    printProblem(out, "    ", group.problem());
    group.limits().forEach(limit -> out.printf("    limit: %s%n", limit));
    if (!group.sas().isEmpty()) {
      print(out, group.sas());
    }
  }

  private void print(PrintWriter out, List<SaReport> sas) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("SPI", "DIR", "ALGORITHM", "AGE", "LEFT", "PACKETS", "SELECTORS"));
    for (SaReport sa : sas) {
      rows.add(
          List.of(
              sa.spi(),
              sa.direction(),
              sa.algorithm(),
              since(sa.accepted()),
              sa.expires().map(this::until).orElse("-"),
              sa.counters().map(counters -> Long.toString(counters.packets())).orElse("-"),
              sa.selectors()));
    }
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder("   ");
      for (int i = 0; i < widths.length; i++) {
        line.append(' ').append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 1));
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private void printProblem(PrintWriter out, String indent, Optional<ProblemReport> problem) {
    problem.ifPresent(p -> out.printf("%sproblem %s ago: %s%n", indent, since(p.time()), p.text()));
  }

  private String next(String what, Optional<Instant> time) {
    return time.map(t -> ", " + what + " in " + until(t)).orElse("");
  }

  private String since(Instant time) {
    return text(Duration.between(time, report.time()));
  }

  private String until(Instant time) {
    return text(Duration.between(report.time(), time));
  }

  /** The two largest units: {@code 1d2h}, {@code 3h4m}, {@code 5m6s}, {@code 7s}. */
  static String text(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds >= 86400) {
      return seconds / 86400 + "d" + seconds % 86400 / 3600 + "h";
    }
    if (seconds >= 3600) {
      return seconds / 3600 + "h" + seconds % 3600 / 60 + "m";
    }
    return seconds >= 60 ? seconds / 60 + "m" + seconds % 60 + "s" : seconds + "s";
  }
}
