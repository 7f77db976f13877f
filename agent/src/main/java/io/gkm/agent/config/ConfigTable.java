package io.gkm.agent.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** One table of the file: hands out its values and notes those that are missing or mistyped. */
final class ConfigTable {
  private final TomlTable toml;
  private final List<String> path;
  private final TomlPosition position;
  private final Problems problems;

  private ConfigTable(TomlTable toml, List<String> path, TomlPosition position, Problems problems) {
    this.toml = toml;
    this.path = path;
    this.position = position;
    this.problems = problems;
  }

  static ConfigTable root(TomlTable toml, Problems problems) {
    return new ConfigTable(toml, List.of(), TomlPosition.positionAt(1, 1), problems);
  }

  TomlPosition position() {
    return position;
  }

  /** {@code [controller.hq]}, or {@code the file} for the outermost table. */
  String title() {
    return path.isEmpty() ? "the file" : "[" + Toml.joinKeyPath(path) + "]";
  }

  /** {@code [controller.hq.auth]} for the table {@code auth} in this one. */
  String title(String key) {
    List<String> childPath = new ArrayList<>(path);
    childPath.add(key);
    return "[" + Toml.joinKeyPath(childPath) + "]";
  }

  /** Reports every key that is not one of these. */
  void allowOnly(List<String> keys) {
    for (String key : toml.keySet()) {
      if (!keys.contains(key)) {
        String kind = toml.get(List.of(key)) instanceof TomlTable ? "table" : "key";
        problems.error(
            at(key),
            "unknown %s \"%s\" in %s; allowed: %s"
                .formatted(kind, key, title(), String.join(", ", keys)));
      }
    }
  }

  /** The text of a key that must be there. {@code allowed} says what to write. */
  Optional<Located<String>> text(String key, String allowed) {
    return required(key, String.class, "text in quotes", allowed);
  }

  Optional<Located<String>> optionalText(String key, String allowed) {
    return value(key, String.class, "text in quotes", allowed);
  }

  /** What the text of a key that may be absent stands for; what it may be is in {@code allowed}. */
  <T> Optional<T> optionalChoice(String key, Map<String, T> values, String allowed) {
    return choice(key, optionalText(key, allowed), values, allowed);
  }

  /** The same for a key that must be there. */
  <T> Optional<T> choice(String key, Map<String, T> values, String allowed) {
    return choice(key, text(key, allowed), values, allowed);
  }

  private <T> Optional<T> choice(
      String key, Optional<Located<String>> text, Map<String, T> values, String allowed) {
    if (text.isPresent() && !values.containsKey(text.get().value())) {
      problems.error(
          text.get().at(),
          "%s \"%s\" in %s; %s".formatted(key, text.get().value(), title(), allowed));
    }
    return text.map(located -> values.get(located.value()));
  }

  Optional<Located<Long>> optionalNumber(String key, String allowed) {
    return value(key, Long.class, "a whole number", allowed);
  }

  /** The texts of a list that must be there and not be empty; wrong elements are left out. */
  List<Located<String>> texts(String key, String allowed) {
    List<Located<String>> texts = new ArrayList<>();
    required(key, TomlArray.class, "a list", allowed)
        .ifPresent(
            list -> {
              TomlArray array = list.value();
              if (array.isEmpty()) {
                problems.error(list.at(), "%s in %s is empty; %s".formatted(key, title(), allowed));
              }
              for (int i = 0; i < array.size(); i++) {
                TomlPosition at = array.inputPositionOf(i);
                if (array.get(i) instanceof String text) {
                  texts.add(new Located<>(text, at));
                } else {
                  problems.error(
                      at,
                      "%s in %s has an element that is not text in quotes; %s"
                          .formatted(key, title(), allowed));
                }
              }
            });
    return texts;
  }

  Optional<ConfigTable> table(String key, String allowed) {
    return required(key, TomlTable.class, "a table", allowed)
        .map(table -> child(key, table.value()));
  }

  Optional<ConfigTable> optionalTable(String key, String allowed) {
    return value(key, TomlTable.class, "a table", allowed).map(table -> child(key, table.value()));
  }

  /** The tables in this one by name, for {@code [controller.NAME]}. */
  Map<String, ConfigTable> tables(String allowed) {
    Map<String, ConfigTable> tables = new LinkedHashMap<>();
    for (String name : toml.keySet()) {
      table(name, allowed).ifPresent(table -> tables.put(name, table));
    }
    return tables;
  }

  private ConfigTable child(String key, TomlTable table) {
    List<String> childPath = new ArrayList<>(path);
    childPath.add(key);
    return new ConfigTable(table, List.copyOf(childPath), at(key), problems);
  }

  private <T> Optional<Located<T>> required(
      String key, Class<T> type, String typeName, String allowed) {
    if (toml.get(List.of(key)) == null) {
      problems.error(position, "%s has no %s; %s".formatted(title(), key, allowed));
      return Optional.empty();
    }
    return value(key, type, typeName, allowed);
  }

  private <T> Optional<Located<T>> value(
      String key, Class<T> type, String typeName, String allowed) {
    Object value = toml.get(List.of(key));
    if (value == null) {
      return Optional.empty();
    }
    if (!type.isInstance(value)) {
      problems.error(at(key), "%s in %s is not %s; %s".formatted(key, title(), typeName, allowed));
      return Optional.empty();
    }
    return Optional.of(new Located<>(type.cast(value), at(key)));
  }

  /** Whether the key is there, whatever its value. */
  boolean has(String key) {
    return toml.get(List.of(key)) != null;
  }

  /** Where a key is that is there. */
  TomlPosition at(String key) {
    return toml.inputPositionOf(List.of(key));
  }
}
