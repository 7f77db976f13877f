package io.gkm.agent.status;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON object: fields in order. Reading a field that is absent or of another type is an error.
 */
public final class JsonObject {
  private final Map<String, Object> fields;

  JsonObject(Map<String, Object> fields) {
    this.fields = fields;
  }

  public JsonObject() {
    this(new LinkedHashMap<>());
  }

  Map<String, Object> fields() {
    return fields;
  }

  /** One side of a value's JSON form. */
  public interface Decoder<T> {
    T decode(JsonObject object) throws JsonFormatException;
  }

  public JsonObject with(String name, String value) {
    fields.put(name, value);
    return this;
  }

  public JsonObject with(String name, long value) {
    fields.put(name, value);
    return this;
  }

  public JsonObject with(String name, boolean value) {
    fields.put(name, value);
    return this;
  }

  /** RFC 3339, UTC, whole seconds. */
  public JsonObject with(String name, Instant value) {
    return with(name, value.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  public JsonObject with(String name, JsonObject value) {
    fields.put(name, value.fields);
    return this;
  }

  public JsonObject withTexts(String name, List<String> values) {
    fields.put(name, List.copyOf(values));
    return this;
  }

  public JsonObject withObjects(String name, List<JsonObject> values) {
    fields.put(name, values.stream().map(JsonObject::fields).toList());
    return this;
  }

  public JsonObject withNull(String name) {
    fields.put(name, null);
    return this;
  }

  public boolean has(String name) {
    return fields.get(name) != null;
  }

  public String text(String name) throws JsonFormatException {
    return get(name, String.class, "text");
  }

  public long number(String name) throws JsonFormatException {
    return get(name, Long.class, "a whole number");
  }

  public boolean truth(String name) throws JsonFormatException {
    return get(name, Boolean.class, "true or false");
  }

  public Instant instant(String name) throws JsonFormatException {
    try {
      return Instant.parse(text(name));
    } catch (DateTimeException e) {
      throw new JsonFormatException("field \"" + name + "\" is no RFC 3339 time", e);
    }
  }

  public JsonObject object(String name) throws JsonFormatException {
    return object(get(name, Map.class, "an object"));
  }

  public Optional<String> optionalText(String name) throws JsonFormatException {
    return has(name) ? Optional.of(text(name)) : Optional.empty();
  }

  public Optional<Instant> optionalInstant(String name) throws JsonFormatException {
    return has(name) ? Optional.of(instant(name)) : Optional.empty();
  }

  public <T> Optional<T> optional(String name, Decoder<T> decoder) throws JsonFormatException {
    return has(name) ? Optional.of(decoder.decode(object(name))) : Optional.empty();
  }

  public List<String> texts(String name) throws JsonFormatException {
    List<String> texts = new ArrayList<>();
    for (Object element : get(name, List.class, "a list")) {
      if (!(element instanceof String text)) {
        throw new JsonFormatException("field \"" + name + "\" has an element that is not text");
      }
      texts.add(text);
    }
    return texts;
  }

  public <T> List<T> objects(String name, Decoder<T> decoder) throws JsonFormatException {
    List<T> objects = new ArrayList<>();
    for (Object element : get(name, List.class, "a list")) {
      if (!(element instanceof Map<?, ?> map)) {
        throw new JsonFormatException("field \"" + name + "\" has an element that is no object");
      }
      objects.add(decoder.decode(object(map)));
    }
    return objects;
  }

  private static JsonObject object(Map<?, ?> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((name, value) -> copy.put((String) name, value));
    return new JsonObject(copy);
  }

  private <T> T get(String name, Class<T> type, String typeName) throws JsonFormatException {
    Object value = fields.get(name);
    if (!type.isInstance(value)) {
      throw new JsonFormatException("field \"" + name + "\" is not " + typeName);
    }
    return type.cast(value);
  }
}
