package io.gkm.agent.status;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One group.
 *
 * @param id IDg
 * @param role {@code sender}, {@code receiver} or {@code both}
 * @param interfaceName the interface its traffic uses
 * @param state where the membership stands
 * @param registered whether there are keys that are valid now
 * @param since when the state began
 * @param problem the last one since the last success
 * @param nextAttempt the next registration, when one is planned
 * @param limits what of the accepted policy cannot be used here, and why
 * @param rekey the multicast rekey channel, if there is one
 * @param allow the traffic its policy may name
 */
public record GroupReport(
    String name,
    String id,
    String role,
    String interfaceName,
    String state,
    boolean registered,
    Instant since,
    Optional<ProblemReport> problem,
    Optional<Instant> nextAttempt,
    List<String> limits,
    Optional<RekeyReport> rekey,
    List<String> allow,
    List<SaReport> sas) {

  public GroupReport {
    limits = List.copyOf(limits);
    allow = List.copyOf(allow);
    sas = List.copyOf(sas);
  }

  JsonObject toJson(Instant now) {
    JsonObject json =
        new JsonObject()
            .with("name", name)
            .with("id", id)
            .with("role", role)
            .with("interface", interfaceName)
            .with("state", state)
            .with("registered", registered);
    Times.putPast(json, "since", since, now);
    problem.ifPresentOrElse(
        value -> json.with("problem", value.toJson(now)), () -> json.withNull("problem"));
    Times.putFuture(json, "next_attempt", nextAttempt, now);
    json.withTexts("limits", limits);
    rekey.ifPresentOrElse(
        value -> json.with("rekey", value.toJson(now)), () -> json.withNull("rekey"));
    return json.withTexts("allow", allow)
        .withObjects("sas", sas.stream().map(sa -> sa.toJson(now)).toList());
  }

  static GroupReport fromJson(JsonObject json) throws JsonFormatException {
    return new GroupReport(
        json.text("name"),
        json.text("id"),
        json.text("role"),
        json.text("interface"),
        json.text("state"),
        json.truth("registered"),
        json.instant("since"),
        json.optional("problem", ProblemReport::fromJson),
        json.optionalInstant("next_attempt"),
        json.texts("limits"),
        json.optional("rekey", RekeyReport::fromJson),
        json.texts("allow"),
        json.objects("sas", SaReport::fromJson));
  }
}
