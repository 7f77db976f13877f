package io.gkm.agent.status;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How the JSON form writes times: {@code NAME} as RFC 3339, {@code NAME_seconds} as a number. */
final class Times {
  private Times() {}

  /** {@code name} and how many seconds ago it was. */
  static void putPast(JsonObject json, String name, Instant time, Instant now) {
    json.with(name, time).with(name + "_seconds", Duration.between(time, now).toSeconds());
  }

  static void putPast(JsonObject json, String name, Optional<Instant> time, Instant now) {
    if (time.isPresent()) {
      putPast(json, name, time.get(), now);
    } else {
      json.withNull(name).withNull(name + "_seconds");
    }
  }

  /** {@code name} and in how many seconds it will be. */
  static void putFuture(JsonObject json, String name, Optional<Instant> time, Instant now) {
    if (time.isPresent()) {
      long seconds = Duration.between(now, time.get()).toSeconds();
      json.with(name, time.get()).with(name + "_seconds", Math.max(0, seconds));
    } else {
      json.withNull(name).withNull(name + "_seconds");
    }
  }

  static void putText(JsonObject json, String name, Optional<String> text) {
    text.ifPresentOrElse(value -> json.with(name, value), () -> json.withNull(name));
  }
}
