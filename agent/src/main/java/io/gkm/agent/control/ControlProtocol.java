package io.gkm.agent.control;

import io.gkm.agent.status.Json;
import io.gkm.agent.status.JsonFormatException;
import io.gkm.agent.status.JsonObject;

/**
 * The lines on the control socket. A request is {@code {"version":1,"request":"status"}}, its
 * answer {@code {"version":1,"status":{...}}} or {@code {"version":1,"error":"..."}}.
 */
final class ControlProtocol {
  static final int VERSION = 1;

  /** Longest request, line end included. */
  static final int MAX_REQUEST_OCTETS = 4096;

  /** Longest answer a client takes: a daemon's largest status is far below it. */
  static final int MAX_ANSWER_OCTETS = 16 << 20;

  static final String STATUS = "status";

  private ControlProtocol() {}

  static String request(String name) {
    return Json.line(new JsonObject().with("version", VERSION).with("request", name));
  }

  /** The name of the request in this line. */
  static String parseRequest(String line) throws JsonFormatException, ControlException {
    JsonObject request = Json.parse(line);
    long version = request.number("version");
    if (version != VERSION) {
      throw new ControlException(
          "this daemon speaks version " + VERSION + " of the control protocol, not " + version);
    }
    return request.text("request");
  }

  static String answer(String name, JsonObject content) {
    return Json.line(new JsonObject().with("version", VERSION).with(name, content));
  }

  static String error(String message) {
    return Json.line(new JsonObject().with("version", VERSION).with("error", message));
  }
}
