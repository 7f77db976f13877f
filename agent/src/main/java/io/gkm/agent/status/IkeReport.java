package io.gkm.agent.status;

import java.time.Instant;
import java.util.Optional;

/**
 * An IKE SA with a key server.
 *
 * @param state as the IKE session names it
 * @param spiInitiator {@code 0x} and 16 hexadecimal digits
 * @param spiResponder likewise
 * @param suite the algorithms, once chosen
 * @param local our address and port
 * @param remote the key server's
 * @param nat {@code none}, {@code local}, {@code remote}, {@code both} or {@code unknown}
 * @param established when the key server was authenticated
 */
public record IkeReport(
    String state,
    String spiInitiator,
    String spiResponder,
    Optional<String> suite,
    String local,
    String remote,
    String nat,
    Optional<Instant> established) {

  JsonObject toJson(Instant now) {
    JsonObject json =
        new JsonObject()
            .with("state", state)
            .with("spi_initiator", spiInitiator)
            .with("spi_responder", spiResponder);
    Times.putText(json, "suite", suite);
    json.with("local", local).with("remote", remote).with("nat", nat);
    Times.putPast(json, "established", established, now);
    return json;
  }

  static IkeReport fromJson(JsonObject json) throws JsonFormatException {
    return new IkeReport(
        json.text("state"),
        json.text("spi_initiator"),
        json.text("spi_responder"),
        json.optionalText("suite"),
        json.text("local"),
        json.text("remote"),
        json.text("nat"),
        json.optionalInstant("established"));
  }
}
