package dev.lazymm.litmus.c;

import dev.lazymm.isa.Operator;
import dev.lazymm.litmus.Action;
import dev.lazymm.litmus.ConditionText;
import dev.lazymm.litmus.LitmusTest;
import dev.lazymm.litmus.Path;
import dev.lazymm.litmus.PathEvent;
import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Ways through threads, for tests to compare: a line an event, with {@code #0} for what the read
 * with index 0 returns.
 *
 * <pre>
 * R[ONCE] x
 * W[ONCE] y := #0 data 0
 * r0=#0
 * </pre>
 */
final class Printed {
  private final ConditionText names;

  private Printed(LitmusTest test) {
    this.names = new ConditionText(test.locations());
  }

  /** {@return all ways through the only thread, with these statements} */
  static String body(String statements) {
    return body(statements, CLitmus.Options.linux());
  }

  static String body(String statements, CLitmus.Options options) {
    String parameters = "int *x, int *y, int **p, spinlock_t *l, struct srcu_struct *s";
    return thread("C t\n{}\nP0(" + parameters + ") { " + statements + " }\nexists (x=0)", options);
  }

  /** {@return all ways through the first thread of a test} */
  static String thread(String test, CLitmus.Options options) {
    LitmusTest parsed = CLitmus.parse(Source.of("t", test), options);
    var printed = new Printed(parsed);
    return parsed.threads().getFirst().stream()
        .map(printed::path)
        .collect(Collectors.joining("--\n"));
  }

  private String path(Path path) {
    List<String> lines = new ArrayList<>();
    path.events().forEach(e -> lines.add(event(e)));
    path.guards().forEach(g -> lines.add((g.holds() ? "if " : "unless ") + value(g.value())));
    String registers =
        new TreeMap<>(path.registers())
            .entrySet().stream()
                .map(e -> e.getKey() + "=" + value(e.getValue()))
                .collect(Collectors.joining(" "));
    if (!registers.isEmpty()) {
      lines.add(registers);
    }
    if (path.cut()) {
      lines.add("cut");
    }
    return String.join("\n", lines) + "\n";
  }

  private String event(PathEvent e) {
    var out = new StringBuilder(name(e.action()));
    out.append(e.rmw() ? "*" : "");
    out.append(e.tags().isEmpty() ? "" : e.tags().toString());
    out.append(e.address() instanceof Value v ? " " + value(v) : "");
    out.append(e.value() instanceof Value v ? " := " + value(v) : "");
    out.append(e.readPart() < 0 ? "" : " of " + e.readPart());
    out.append(reads(" addr", e.addr()));
    out.append(reads(" data", e.data()));
    out.append(reads(" ctrl", e.ctrl()));
    return out.toString();
  }

  private static String name(Action action) {
    return switch (action) {
      case READ -> "R";
      case WRITE -> "W";
      case FENCE -> "F";
      case INTERNAL -> "i";
      case SRCU -> "SRCU";
      case LOCK_READ -> "LKR";
      case LOCK_WRITE -> "LKW";
      case UNLOCK -> "UL";
      case LOCK_FAIL -> "LF";
      case READ_LOCKED -> "RL";
      case READ_UNLOCKED -> "RU";
    };
  }

  private static String reads(String name, Set<Integer> reads) {
    return reads.isEmpty()
        ? ""
        : name + new TreeSet<>(reads).stream().map(r -> " " + r).collect(Collectors.joining());
  }

  private String value(Value value) {
    return switch (value) {
      case Value.Constant(long number) -> names.number(number);
      case Value.OfRead(int read) -> "#" + read;
      case Value.Binary(Operator operator, Value left, Value right) ->
          "(" + value(left) + operator.sign() + value(right) + ")";
      case Value.Select(Value condition, Value then, Value otherwise) ->
          "(" + value(condition) + "?" + value(then) + ":" + value(otherwise) + ")";
    };
  }
}
