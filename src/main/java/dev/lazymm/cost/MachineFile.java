package dev.lazymm.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * Reads a machine file. Every key must be there, and no other: a price that is spelled wrong must
 * not silently be another machine's.
 */
public final class MachineFile {
  /** No price is larger: a second. Sums of prices then stay far from the end of a long. */
  private static final double MAX_NS = 1e9;

  private static final List<String> KEYS =
      List.of(
          "name",
          "topology.sockets",
          "topology.cpus-per-socket",
          "topology.numbering",
          "line.own",
          "line.socket",
          "line.remote",
          "line.memory",
          "atomic.execute",
          "fence.full",
          "fence.light",
          "ipi.send",
          "ipi.delivery",
          "ipi.entry",
          "mmu.load-root",
          "mmu.flush-local",
          "mmu.flush-broadcast",
          "rcu.grace-period",
          "slab.alloc",
          "slab.free");

  private static final int MAX_SOCKETS = 1024;
  private static final int MAX_CPUS_PER_SOCKET = 16384;

  private final String file;
  private final String text;
  private final TomlParseResult toml;

  private MachineFile(String file, String text) {
    this.file = file;
    this.text = text;
    toml = Toml.parse(text);
  }

  /**
   * {@return the machine that {@code text} describes}
   *
   * @param file what errors call it
   * @throws MachineFormatException if it makes no sense
   */
  public static MachineModel parse(String file, String text) {
    return new MachineFile(file, text).machine();
  }

  private MachineModel machine() {
    if (toml.hasErrors()) {
      TomlParseError first = toml.errors().getFirst();
      String message = String.valueOf(first.getMessage()).lines().findFirst().orElse("");
      throw error(first.position(), message, "TOML: [table] and key = value lines");
    }
    refuseOthers(toml, "");
    return new MachineModel(name(), topology(), prices());
  }

  private String name() {
    String key = "name";
    Object value = value(key, "name = \"...\"");
    if (!(value instanceof String name) || name.isBlank() || name.lines().count() != 1) {
      throw wrong(key, value, "one line of text in quotes");
    }
    return name;
  }

  private Topology topology() {
    int sockets = count("topology.sockets", MAX_SOCKETS);
    int cpus = count("topology.cpus-per-socket", MAX_CPUS_PER_SOCKET);
    String key = "topology.numbering";
    Object value = value(key, "numbering = \"blocked\" or \"interleaved\"");
    for (Topology.Numbering numbering : Topology.Numbering.values()) {
      if (numbering.name().toLowerCase(Locale.ROOT).equals(value)) {
        return new Topology(sockets, cpus, numbering);
      }
    }
    throw wrong(key, value, "\"blocked\" or \"interleaved\"");
  }

  private Prices prices() {
    return new Prices(
        price("line.own"),
        price("line.socket"),
        price("line.remote"),
        price("line.memory"),
        price("atomic.execute"),
        price("fence.full"),
        price("fence.light"),
        price("ipi.send"),
        price("ipi.delivery"),
        price("ipi.entry"),
        price("mmu.load-root"),
        price("mmu.flush-local"),
        price("mmu.flush-broadcast"),
        price("rcu.grace-period"),
        price("slab.alloc"),
        price("slab.free"));
  }

  private int count(String key, int max) {
    String expected = "a whole number from 1 to " + max;
    Object value = value(key, expected);
    if (!(value instanceof Long n) || n < 1 || n > max) {
      throw wrong(key, value, expected);
    }
    return n.intValue();
  }

  /** Nanoseconds in the file, picoseconds in here. */
  private long price(String key) {
    String expected = "nanoseconds: a number from 0 to 1e9";
    Object value = value(key, expected);
    double ns = value instanceof Number n ? n.doubleValue() : Double.NaN;
    if (!(ns >= 0 && ns <= MAX_NS)) {
      throw wrong(key, value, expected);
    }
    return Math.round(ns * 1000);
  }

  private Object value(String key, String expected) {
    Object value;
    try {
      value = toml.get(key);
    } catch (IllegalArgumentException e) { // a table on the way is a value
      value = null;
    }
    if (value == null) {
      int dot = key.indexOf('.');
      String table = dot < 0 ? null : key.substring(0, dot);
      boolean there = table != null && toml.isTable(table);
      TomlPosition at = there ? toml.inputPositionOf(table) : null;
      String where = table == null ? "at the top" : "in [" + table + "]";
      throw error(at, "there is no " + key.substring(dot + 1) + " " + where, expected);
    }
    return value;
  }

  private MachineFormatException wrong(String key, Object value, String expected) {
    String shown = value instanceof TomlTable ? "a table" : "\"" + value + "\"";
    return error(toml.inputPositionOf(key), key + " cannot be " + shown, expected);
  }

  private void refuseOthers(TomlTable table, String prefix) {
    List<String> keys = new ArrayList<>(table.keySet());
    keys.sort(null);
    for (String key : keys) {
      String path = prefix + key;
      if (table.get(List.of(key)) instanceof TomlTable inner) {
        if (KEYS.stream().noneMatch(k -> k.startsWith(path + "."))) {
          throw unknown(table, key, path);
        }
        refuseOthers(inner, path + ".");
      } else if (!KEYS.contains(path)) {
        throw unknown(table, key, path);
      }
    }
  }

  private MachineFormatException unknown(TomlTable table, String key, String path) {
    String prefix = path.substring(0, path.length() - key.length());
    List<String> beside =
        KEYS.stream()
            .filter(k -> k.startsWith(prefix))
            .map(k -> k.substring(prefix.length()).replaceAll("(.*)[.].*", "[$1]"))
            .distinct()
            .toList();
    String where = prefix.isEmpty() ? "at the top" : "in [" + prefix.replace(".", "") + "]";
    return error(
        table.inputPositionOf(List.of(key)),
        "\"%s\" does not belong %s".formatted(key, where),
        String.join(", ", beside));
  }

  private MachineFormatException error(@Nullable TomlPosition at, String what, String expected) {
    int line = at == null ? 1 : at.line();
    int column = at == null ? 1 : at.column();
    return new MachineFormatException(file, text, line, column, what, expected);
  }
}
