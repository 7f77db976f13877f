package io.gkm.agent.status;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One key server and its groups.
 *
 * @param address the address in use, or tried next
 * @param state where the IKE SA with it stands
 * @param since when the state began
 * @param problem the last one since the last success
 * @param nextAttempt the next attempt to connect, when one is planned
 * @param ike the IKE SA, when there is one
 */
public record ControllerReport(
    String name,
    String address,
    String state,
    Instant since,
    Optional<ProblemReport> problem,
    Optional<Instant> nextAttempt,
    Optional<IkeReport> ike,
    List<GroupReport> groups) {

  public ControllerReport {
    groups = List.copyOf(groups);
  }

  JsonObject toJson(Instant now) {
    JsonObject json =
        new JsonObject().with("name", name).with("address", address).with("state", state);
    Times.putPast(json, "since", since, now);
    problem.ifPresentOrElse(
        value -> json.with("problem", value.toJson(now)), () -> json.withNull("problem"));
    Times.putFuture(json, "next_attempt", nextAttempt, now);
    ike.ifPresentOrElse(value -> json.with("ike", value.toJson(now)), () -> json.withNull("ike"));
    return json.withObjects("groups", groups.stream().map(group -> group.toJson(now)).toList());
  }

  static ControllerReport fromJson(JsonObject json) throws JsonFormatException {
    return new ControllerReport(
        json.text("name"),
        json.text("address"),
        json.text("state"),
        json.instant("since"),
        json.optional("problem", ProblemReport::fromJson),
        json.optionalInstant("next_attempt"),
        json.optional("ike", IkeReport::fromJson),
        json.objects("groups", GroupReport::fromJson));
  }
}
