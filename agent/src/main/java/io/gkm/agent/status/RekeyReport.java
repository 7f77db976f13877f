package io.gkm.agent.status;

import java.time.Instant;
import java.util.Optional;

/**
 * The multicast rekey channel of a group.
 *
 * @param spi of the newest Rekey SA, 32 hexadecimal digits
 * @param group multicast address and port
 * @param source the only sender; empty for any
 * @param authentication how messages are authenticated
 * @param nextMessageId the smallest that will be taken
 * @param expires when the Rekey SA ends
 * @param accepted messages taken
 * @param ignored messages not taken: repeated, late, forged
 */
public record RekeyReport(
    String spi,
    String group,
    Optional<String> source,
    String authentication,
    long nextMessageId,
    Instant expires,
    long accepted,
    long ignored) {
  JsonObject toJson(Instant now) {
    JsonObject json = new JsonObject().with("spi", spi).with("group", group);
    source.ifPresentOrElse(value -> json.with("source", value), () -> json.withNull("source"));
    json.with("authentication", authentication).with("next_message_id", nextMessageId);
    Times.putFuture(json, "expires", Optional.of(expires), now);
    return json.with("accepted", accepted).with("ignored", ignored);
  }

  static RekeyReport fromJson(JsonObject json) throws JsonFormatException {
    return new RekeyReport(
        json.text("spi"),
        json.text("group"),
        json.optionalText("source"),
        json.text("authentication"),
        json.number("next_message_id"),
        json.instant("expires"),
        json.number("accepted"),
        json.number("ignored"));
  }
}
