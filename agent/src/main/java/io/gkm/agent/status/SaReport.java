package io.gkm.agent.status;

import java.time.Instant;
import java.util.Optional;

/**
 * One data SA.
 *
 * @param spi {@code 0x} and 8 hexadecimal digits
 * @param protocol {@code ESP}
 * @param direction {@code in}, {@code out}, {@code in+out}, or {@code standby} for an SA to send
 *     with whose time has not come or is over
 * @param algorithm IANA names
 * @param selectors {@code SRC -> DST proto/ports}
 * @param replayWindow packets; 0 without replay protection
 * @param accepted when its policy and keys were accepted
 * @param expires when it ends; empty when the key server set no lifetime
 * @param counters what the kernel counted; empty when the kernel does not hold it (yet)
 */
public record SaReport(
    String spi,
    String protocol,
    String direction,
    String algorithm,
    String selectors,
    int replayWindow,
    Instant accepted,
    Optional<Instant> expires,
    Optional<Counters> counters) {

  /**
   * The kernel's counters of one SA.
   *
   * @param packets protected or taken in
   * @param bytes likewise
   * @param integrityFailures packets whose integrity check failed
   * @param replayed packets refused as replays
   */
  public record Counters(long packets, long bytes, long integrityFailures, long replayed) {
    JsonObject toJson() {
      return new JsonObject()
          .with("packets", packets)
          .with("bytes", bytes)
          .with("integrity_failures", integrityFailures)
          .with("replayed", replayed);
    }

    static Counters fromJson(JsonObject json) throws JsonFormatException {
      return new Counters(
          json.number("packets"),
          json.number("bytes"),
          json.number("integrity_failures"),
          json.number("replayed"));
    }
  }

  JsonObject toJson(Instant now) {
    JsonObject json =
        new JsonObject()
            .with("spi", spi)
            .with("protocol", protocol)
            .with("direction", direction)
            .with("algorithm", algorithm)
            .with("selectors", selectors)
            .with("replay_window", replayWindow);
    Times.putPast(json, "accepted", accepted, now);
    Times.putFuture(json, "expires", expires, now);
    counters.ifPresentOrElse(
        value -> json.with("kernel", value.toJson()), () -> json.withNull("kernel"));
    return json;
  }

  static SaReport fromJson(JsonObject json) throws JsonFormatException {
    return new SaReport(
        json.text("spi"),
        json.text("protocol"),
        json.text("direction"),
        json.text("algorithm"),
        json.text("selectors"),
        Math.toIntExact(json.number("replay_window")),
        json.instant("accepted"),
        json.optionalInstant("expires"),
        json.optional("kernel", Counters::fromJson));
  }
}
