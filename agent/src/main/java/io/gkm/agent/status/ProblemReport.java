package io.gkm.agent.status;

import java.time.Instant;

/**
 * The last thing that went wrong since the last success.
 *
 * @param text what, and what can be done
 * @param time when
 */
public record ProblemReport(String text, Instant time) {
  JsonObject toJson(Instant now) {
    JsonObject json = new JsonObject().with("text", text);
    Times.putPast(json, "time", time, now);
    return json;
  }

  static ProblemReport fromJson(JsonObject json) throws JsonFormatException {
    return new ProblemReport(json.text("text"), json.instant("time"));
  }
}
