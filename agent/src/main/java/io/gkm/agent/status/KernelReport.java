package io.gkm.agent.status;

import java.time.Instant;
import java.util.Optional;

/**
 * How the kernel's side stands.
 *
 * @param inStep whether the kernel holds what the groups want
 * @param problem what failed last, while it is out of step
 */
public record KernelReport(boolean inStep, Optional<ProblemReport> problem) {
  JsonObject toJson(Instant now) {
    JsonObject json = new JsonObject().with("in_step", inStep);
    problem.ifPresentOrElse(
        value -> json.with("problem", value.toJson(now)), () -> json.withNull("problem"));
    return json;
  }

  static KernelReport fromJson(JsonObject json) throws JsonFormatException {
    return new KernelReport(
        json.truth("in_step"), json.optional("problem", ProblemReport::fromJson));
  }
}
