package io.gkm.agent.status;

import java.time.Instant;
import java.util.List;

/**
 * All that {@code gkm status} tells.
 *
 * @param version of the daemon
 * @param pid of the daemon
 * @param time when the report was made
 * @param started when the daemon was started
 */
public record StatusReport(
    String version,
    long pid,
    Instant time,
    Instant started,
    String config,
    KernelReport kernel,
    List<ControllerReport> controllers) {

  /**
   * Of the JSON form. A reader of schema 1 may meet fields it does not know; a field is never
   * removed and never changes its meaning within one schema.
   */
  public static final int SCHEMA = 1;

  public StatusReport {
    controllers = List.copyOf(controllers);
  }

  /** Whether every group has valid keys and the kernel holds them. */
  public boolean allRegistered() {
    return kernel.inStep()
        && controllers.stream()
            .flatMap(controller -> controller.groups().stream())
            .allMatch(GroupReport::registered);
  }

  public JsonObject toJson() {
    JsonObject json =
        new JsonObject()
            .with("schema", SCHEMA)
            .with("version", version)
            .with("pid", pid)
            .with("time", time);
    Times.putPast(json, "started", started, time);
    return json.with("config", config)
        .with("all_registered", allRegistered())
        .with("kernel", kernel.toJson(time))
        .withObjects(
            "controllers",
            controllers.stream().map(controller -> controller.toJson(time)).toList());
  }

  /** Reads {@link #toJson}'s form; refuses another schema. */
  public static StatusReport fromJson(JsonObject json) throws JsonFormatException {
    long schema = json.number("schema");
    if (schema != SCHEMA) {
      throw new JsonFormatException(
          "the daemon speaks schema " + schema + " of the status, this gkm schema " + SCHEMA);
    }
    return new StatusReport(
        json.text("version"),
        json.number("pid"),
        json.instant("time"),
        json.instant("started"),
        json.text("config"),
        KernelReport.fromJson(json.object("kernel")),
        json.objects("controllers", ControllerReport::fromJson));
  }
}
