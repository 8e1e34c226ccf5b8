package dev.lazymm.litmus.convert;

import dev.lazymm.litmus.ConditionText;
import dev.lazymm.litmus.FinalState;
import dev.lazymm.litmus.InitialState;
import dev.lazymm.litmus.InitialState.Content;
import dev.lazymm.litmus.LitmusException;
import dev.lazymm.litmus.NotMappedException;
import dev.lazymm.litmus.Prop;
import dev.lazymm.litmus.c.Expression;
import dev.lazymm.litmus.c.Macros;
import dev.lazymm.litmus.c.Program;
import dev.lazymm.mapping.Mapping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Compiles one test. */
final class Conversion {
  private final Program program;
  private final Dialect dialect;
  private final Mapping mapping;
  private final Inliner inliner;
  private final List<Names> names;
  private final Set<String> locks;
  private final boolean wide;

  /**
   * A test to compile.
   *
   * @param counts whether numbers are counts, of which none is below 0
   */
  Conversion(Program program, Macros macros, Dialect dialect, Mapping mapping, boolean counts) {
    this.program = program;
    this.dialect = dialect;
    this.mapping = mapping;
    this.inliner = new Inliner(program.source(), macros);
    this.names =
        IntStream.range(0, program.threads().size())
            .mapToObj(t -> new Names(program, t, inliner))
            .toList();
    this.locks = locks();
    this.wide = Widths.isWide(program, names, inliner, counts);
  }

  /** {@return the locations that are locks} */
  private Set<String> locks() {
    Set<String> all = new HashSet<>();
    var locked =
        new Parts(inliner) {
          @Override
          void expression(Expression e) {
            if (e instanceof Expression.Primitively p
                && Primitives.isLock(p.primitive())
                && p.operands().getFirst() instanceof Expression.Name(String name, _)) {
              all.add(name);
            }
          }
        };
    names.forEach(n -> locked.all(n.body()));
    return all;
  }

  Converted convert(String about) {
    FinalState end = program.end();
    var asked = Question.registers(end.shown(), end.filter(), end.condition());
    List<Compiled> threads = new ArrayList<>();
    for (int t = 0; t < names.size(); t++) {
      int thread = t;
      List<String> wanted =
          asked.stream().filter(r -> r.thread() == thread).map(Prop.Register::name).toList();
      threads.add(compile(t, wanted));
    }
    Question question =
        new Question(r -> threads.get(r.thread()).names().getOrDefault(r.name(), ""), this::label);
    List<Prop> filters = new ArrayList<>(List.of(question.prop(end.filter())));
    for (int t = 0; t < threads.size(); t++) {
      String success = threads.get(t).success();
      if (!success.isEmpty()) {
        filters.add(new Prop.Equal(new Prop.Register(t, success), new Prop.Literal(1)));
      }
    }
    var text = new ConditionText(program.locations().stream().map(this::label).toList());
    Prop filter = Question.all(filters);
    String shown =
        end.shown().stream().map(question::term).map(text::term).collect(Collectors.joining("; "));
    String head =
        "%s %s%n%s{%n%s}%n"
            .formatted(dialect.isa().name(), program.name(), header(about, threads), init(threads));
    String whole =
        head
            + "%s%s%s%s%n"
                .formatted(
                    Columns.of(threads.stream().map(Compiled::lines).toList()),
                    shown.isEmpty() ? "" : "locations [" + shown + "]\n",
                    filter instanceof Prop.True ? "" : "filter (" + text.prop(filter) + ")\n",
                    text.condition(end.quantifier(), question.prop(end.condition())));
    return new Converted(
        whole,
        threads.stream().map(t -> reversed(t.names())).toList(),
        reversed(
            program.locations().stream()
                .filter(l -> !label(l).equals(l))
                .collect(Collectors.toMap(l -> l, this::label))),
        (int) head.lines().count() + 2, // after the line of P0, P1
        threads.stream().map(Compiled::places).toList());
  }

  private static Map<String, String> reversed(Map<String, String> map) {
    return map.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
  }

  /** {@return what a location is called: not as a register is} */
  private String label(String location) {
    String name = location;
    while (dialect.isa().register(name) != null
        || (!name.equals(location) && program.locations().contains(name))) {
      name += "_";
    }
    return name;
  }

  // ---- threads ---------------------------------------------------------------------------------

  private Compiled compile(int thread, List<String> wanted) {
    var registers =
        new Registers(
            dialect.registers(),
            () ->
                new NotMappedException(
                    new LitmusException(
                        program.source().file(),
                        "P%d needs more registers than %s has"
                            .formatted(thread, dialect.isa().name())),
                    "more registers"));
    var out = new Assembly(thread);
    String end = out.label();
    String fail = out.label();
    var in =
        new Context(
            program.source(),
            dialect,
            mapping,
            wide,
            names.get(thread),
            registers,
            out,
            inliner,
            end,
            fail,
            this::label);
    names.get(thread).all().stream().filter(n -> !in.isNamed(n)).forEach(registers::of);
    wanted.forEach(registers::of);
    String own = registers.own();
    new Statements(in).compile(names.get(thread).body());
    Map<String, String> all = new LinkedHashMap<>(registers.names());
    if (out.uses(end)) {
      out.here(end);
    }
    String success = "";
    if (out.uses(fail)) {
      success = own;
      out.add(dialect.move(success, new Arg.Constant(1), wide));
      out.here(fail);
    }
    List<String> init = new ArrayList<>();
    all.forEach((name, register) ->
        names
            .get(thread)
            .initial(name)
            .ifPresent(c -> init.add("%d:%s=%s;".formatted(thread, register, text(c)))));
    return new Compiled(out.lines(), out.places(), all, init, success);
  }

  private String text(Content content) {
    return switch (content) {
      case InitialState.Constant(long number) -> Long.toString(number);
      case InitialState.Address(String location) -> label(location);
    };
  }

  // ---- what is around them ---------------------------------------------------------------------

  private String init(List<Compiled> threads) {
    StringBuilder out = new StringBuilder();
    for (String location : program.locations()) {
      Content content =
          program.init().locations().getOrDefault(location, new InitialState.Constant(0));
      boolean zero = content.equals(new InitialState.Constant(0));
      boolean broad = wide && !locks.contains(location);
      if (broad || !zero) {
        out.append(broad ? "int64_t " : "")
            .append(label(location))
            .append(zero ? "" : "=" + text(content))
            .append(";\n");
      }
    }
    for (Compiled thread : threads) {
      if (!thread.init().isEmpty()) {
        out.append(String.join(" ", thread.init())).append('\n');
      }
    }
    return out.toString();
  }

  private String header(String about, List<Compiled> threads) {
    List<String> lines = new ArrayList<>(List.of(about));
    for (String location : program.locations()) {
      if (!label(location).equals(location)) {
        lines.add("location %s is %s in C".formatted(label(location), location));
      }
    }
    for (int t = 0; t < threads.size(); t++) {
      int thread = t;
      String registers =
          threads.get(t).names().entrySet().stream()
              .filter(e -> !names.get(thread).isAddress(e.getKey()))
              .map(e -> e.getValue() + " is " + e.getKey())
              .collect(Collectors.joining(", "));
      if (!registers.isEmpty()) {
        lines.add("P%d: %s".formatted(t, registers));
      }
      if (!threads.get(t).success().isEmpty()) {
        lines.add(
            "P%d: what may fail is tried once; %s tells that it did not"
                .formatted(t, threads.get(t).success()));
      }
    }
    return "(* " + String.join("\n   ", lines) + " *)\n";
  }
}
