package dev.lazymm.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads a mapping's file. */
final class MappingFile {
  private static final List<String> KEYS =
      List.of("extends", "title", "isa", "model", "kernel", "row");
  private static final List<String> ROW_KEYS =
      List.of("does", "kernel", "code", "herd", "orders", "note", "source");

  private final String file;
  private final List<String> lines;
  private final TomlParseResult toml;

  MappingFile(String file, String text) {
    this.file = file;
    lines = text.lines().toList();
    toml = Toml.parse(text);
  }

  Mapping mapping() {
    if (toml.hasErrors()) {
      TomlParseError first = toml.errors().getFirst();
      String message = String.valueOf(first.getMessage()).lines().findFirst().orElse("");
      throw at(first.position()).error(message, "TOML: key = value lines and [[row]]");
    }
    refuseOthers(toml, KEYS, "at the top");
    Optional<Mapping> base = optional(toml, "extends").map(this::base);
    String name = file.replaceAll(".*/", "").replaceAll("[.]toml$", "");
    String isa = inherited("isa", base.map(Mapping::isa));
    if (!Registers.isas().contains(isa)) {
      throw at(toml.inputPositionOf("isa"))
          .error("there is no instruction set " + isa, String.join(", ", Registers.isas()));
    }
    return new Mapping(
        name,
        text(toml, "title"),
        isa,
        inherited("model", base.map(Mapping::model)),
        inherited("kernel", base.map(Mapping::kernel)),
        rows(base.map(Mapping::rows).orElse(List.of())));
  }

  private Mapping base(String name) {
    if (!Mapping.BUILT_IN.contains(name) || file.equals(name + ".toml")) {
      throw at(toml.inputPositionOf("extends"))
          .error("there is no mapping " + name, String.join(", ", Mapping.BUILT_IN));
    }
    return Mapping.builtIn(name);
  }

  private String inherited(String key, Optional<String> base) {
    return base.isPresent() && !toml.contains(key) ? base.get() : text(toml, key);
  }

  /** A row takes the place of that of the same key in the mapping that is extended. */
  private List<Row> rows(List<Row> base) {
    Map<String, Row> all = new LinkedHashMap<>();
    base.forEach(r -> all.put(r.does(), r));
    List<String> own = new ArrayList<>();
    if (toml.contains("row") && !toml.isArray("row")) {
      throw at(toml.inputPositionOf("row")).error("row is no table of rows", "[[row]]");
    }
    TomlArray array = toml.getArrayOrEmpty("row");
    for (int i = 0; i < array.size(); i++) {
      if (!(array.get(i) instanceof TomlTable table)) {
        throw at(toml.inputPositionOf("row")).error("row is no table", "[[row]]");
      }
      Row row = row(table, at(array.inputPositionOf(i)));
      if (own.contains(row.does())) {
        throw at(table.inputPositionOf("does"))
            .error("there is a row for \"" + row.does() + "\" already", "one row a primitive");
      }
      own.add(row.does());
      all.put(row.does(), row);
    }
    all.values().forEach(r -> checkOrders(r, all));
    return List.copyOf(all.values());
  }

  private Row row(TomlTable table, Place head) {
    refuseOthers(table, ROW_KEYS, "in [[row]]");
    for (String key : List.of("does", "kernel", "code", "source")) {
      if (!table.contains(key)) {
        throw head.error("there is no " + key + " in [[row]]", key + " = ...");
      }
    }
    String does = text(table, "does");
    if (!Keys.exists(does)) {
      throw at(table.inputPositionOf("does"))
          .error("there is no primitive \"" + does + "\"", String.join(", ", Keys.near(does)));
    }
    boolean machine = Keys.MACHINE.contains(does);
    Optional<String> orders = optional(table, "orders");
    if (orders.isPresent() != machine) {
      throw machine
          ? head.error("there is no orders in [[row]]", "orders = \"nothing\" or a fence's key")
          : at(table.inputPositionOf("orders"))
              .error("what a primitive orders is for the model to say", "no orders here");
    }
    List<Row.Code> code = code(table, "code");
    Optional<List<Row.Code>> herd =
        table.contains("herd") ? Optional.of(code(table, "herd")) : Optional.empty();
    if (!machine) {
      code.forEach(c -> checkHoles(does, c));
      herd.ifPresent(all -> all.forEach(c -> checkHoles(does, c)));
    }
    return new Row(
        does,
        text(table, "kernel"),
        code,
        herd,
        orders,
        optional(table, "note"),
        text(table, "source"));
  }

  private List<Row.Code> code(TomlTable table, String key) {
    String expected = "instructions: [\"...\", \"...\"]";
    if (!table.isArray(key)) {
      throw at(table.inputPositionOf(key)).error(key + " is no list", expected);
    }
    TomlArray array = Objects.requireNonNull(table.getArray(key));
    List<Row.Code> code = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      Place place = at(array.inputPositionOf(i));
      if (!(array.get(i) instanceof String line) || line.isBlank()) {
        throw place.error("this is no instruction", expected);
      }
      code.add(new Row.Code(line, place));
    }
    return code;
  }

  private static void checkHoles(String does, Row.Code code) {
    List<String> allowed = new ArrayList<>(Keys.operands(does));
    allowed.addAll(Template.SCRATCH);
    String expected = "{" + String.join("}, {", allowed) + "} or {32-bit form|64-bit form}";
    if (!Template.isSound(code.text())) {
      throw code.place().error("a brace is left over", expected);
    }
    for (String hole : Template.placeholders(code.text())) {
      if (!allowed.contains(hole)) {
        throw code.place().error("\"%s\" has no {%s}".formatted(does, hole), expected);
      }
    }
  }

  private void checkOrders(Row row, Map<String, Row> all) {
    String orders = row.orders().orElse(Row.NOTHING);
    if (!orders.equals(Row.NOTHING) && !(orders.startsWith("fence ") && all.containsKey(orders))) {
      String fences =
          String.join(", ", all.keySet().stream().filter(k -> k.startsWith("fence ")).toList());
      throw at(null)
          .error(
              "\"%s\" cannot order \"%s\"".formatted(row.does(), orders),
              "nothing, or a fence that the mapping has: " + fences);
    }
  }

  private String text(TomlTable table, String key) {
    return optional(table, key)
        .orElseThrow(() -> at(null).error("there is no " + key, key + " = \"...\""));
  }

  private Optional<String> optional(TomlTable table, String key) {
    Object value = table.get(List.of(key));
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof String text) || text.isBlank()) {
      throw at(table.inputPositionOf(List.of(key)))
          .error(key + " is not so", key + " = \"...\", some text in quotes");
    }
    return Optional.of(text.strip().replaceAll("\\s+", " "));
  }

  private void refuseOthers(TomlTable table, List<String> keys, String where) {
    for (String key : table.keySet().stream().sorted().toList()) {
      if (!keys.contains(key)) {
        throw at(table.inputPositionOf(List.of(key)))
            .error("\"%s\" does not belong %s".formatted(key, where), String.join(", ", keys));
      }
    }
  }

  private Place at(@Nullable TomlPosition position) {
    return new Place(
        file,
        lines,
        position == null ? 1 : position.line(),
        position == null ? 1 : position.column());
  }
}
