package dev.lazymm.litmus.convert;

import dev.lazymm.litmus.ConditionText;
import dev.lazymm.litmus.LitmusTest;
import dev.lazymm.litmus.Path;
import dev.lazymm.litmus.PathEvent;
import dev.lazymm.litmus.Prop;
import dev.lazymm.litmus.c.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A converted test with the names that registers and locations have in C. */
public final class Renamed {
  private final Converted converted;

  private Renamed(Converted converted) {
    this.converted = converted;
  }

  /**
   * {@return a converted test as it was read, with C's names, as a test in C}
   *
   * @param read the test that {@link Converted#text} is
   */
  public static LitmusTest of(Converted converted, LitmusTest read) {
    return new Renamed(converted).test(read);
  }

  private LitmusTest test(LitmusTest test) {
    var question = new Question(this::register, this::location);
    List<String> locations = test.locations().stream().map(this::location).toList();
    Prop condition = question.prop(test.condition());
    return new LitmusTest(
        test.name(),
        "C",
        locations,
        test.initial(),
        threads(test),
        registers(test),
        test.shown().stream().map(question::term).toList(),
        question.prop(test.filter()),
        test.quantifier(),
        condition,
        new ConditionText(locations).condition(test.quantifier(), condition));
  }

  private List<List<Path>> threads(LitmusTest test) {
    List<List<Path>> threads = test.threads();
    return java.util.stream.IntStream.range(0, threads.size())
        .mapToObj(t ->
            threads.get(t).stream()
                .map(p -> new Path(events(t, p), p.guards(), names(t, p.registers()), p.cut()))
                .toList())
        .toList();
  }

  /** {@return the events as those of the statements that they come from} */
  private List<PathEvent> events(int thread, Path path) {
    List<Statement.At> places = converted.places().get(thread);
    return path.events().stream()
        .map(e -> {
          Statement.At at = places.get(e.line() - converted.first());
          return e.at(at.line(), at.text());
        })
        .toList();
  }

  private List<Map<String, Long>> registers(LitmusTest test) {
    List<Map<String, Long>> registers = test.registers();
    return java.util.stream.IntStream.range(0, registers.size())
        .mapToObj(t -> names(t, registers.get(t)))
        .toList();
  }

  private <T> Map<String, T> names(int thread, Map<String, T> registers) {
    Map<String, T> all = new HashMap<>();
    registers.forEach((name, value) -> all.put(register(new Prop.Register(thread, name)), value));
    return all;
  }

  /** {@return a name that no other register has: no name in C has a % in it} */
  private String register(Prop.Register register) {
    String name = converted.registers().get(register.thread()).get(register.name());
    return name == null ? "%" + register.name() : name;
  }

  private String location(String name) {
    return converted.locations().getOrDefault(name, name);
  }
}
