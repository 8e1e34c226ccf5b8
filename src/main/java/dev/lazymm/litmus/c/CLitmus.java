package dev.lazymm.litmus.c;

import dev.lazymm.litmus.ConditionText;
import dev.lazymm.litmus.FinalState;
import dev.lazymm.litmus.InitialState;
import dev.lazymm.litmus.LitmusException;
import dev.lazymm.litmus.LitmusTest;
import dev.lazymm.litmus.Path;
import dev.lazymm.litmus.Prop;
import dev.lazymm.litmus.Sections;
import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads litmus tests in C.
 *
 * <pre>
 * LitmusTest test = CLitmus.parse(Source.read(file));
 * </pre>
 */
public final class CLitmus {
  /**
   * How to read a test.
   *
   * @param macros what its calls mean
   * @param variants of the model; with {@code lkmmv2}, both events of a read-modify-write carry its
   *     tag
   * @param unroll how many times round a loop a way through a thread may go
   * @param paths how many ways through a thread are not too many
   */
  public record Options(Macros macros, Set<String> variants, int unroll, int paths) {
    public Options {
      variants = Set.copyOf(variants);
    }

    /** {@return the Linux kernel's primitives, and herd's bound on loops} */
    public static Options linux() {
      return new Options(Macros.linux(), Set.of("lkmmv2"), 2, 100_000);
    }
  }

  private final Source source;
  private final Sections sections;
  private final InitialState init;
  private final Options options;

  private CLitmus(Source source, Options options) {
    this.source = source;
    this.sections = Sections.of(source);
    this.init = InitialState.parse(sections.init());
    this.options = options;
  }

  /** {@return a test of the Linux kernel's primitives} */
  public static LitmusTest parse(Source source) {
    return parse(source, Options.linux());
  }

  /**
   * {@return a test}
   *
   * @throws LitmusException if it is not as it should be
   */
  public static LitmusTest parse(Source source, Options options) {
    try {
      return new CLitmus(source, options).read();
    } catch (StackOverflowError _) {
      throw new LitmusException(source.file(), "is nested too deeply");
    }
  }

  private LitmusTest read() {
    if (!sections.arch().equals("C")) {
      throw new LitmusException(source.file(), "is a test in " + sections.arch() + ", not in C");
    }
    if (sections.body().text().isBlank()) {
      throw new LitmusException(source.file(), "has no threads: expected P0(...) { ... }");
    }
    List<ThreadCode> codes = new Threads(sections.body()).read();
    Map<String, Long> addresses = new LinkedHashMap<>();
    for (String name : init.locations().keySet()) {
      addresses.put(name, Value.address(addresses.size()));
    }
    for (ThreadCode code : codes) {
      for (String name : code.parameters()) {
        addresses.computeIfAbsent(name, _ -> Value.address(addresses.size()));
      }
    }
    for (var content : init.registers().values()) {
      if (content.content() instanceof InitialState.Address(String name)) {
        addresses.computeIfAbsent(name, _ -> Value.address(addresses.size()));
      }
    }
    List<String> locations = List.copyOf(addresses.keySet());
    List<Long> initial =
        locations.stream()
            .map(name ->
                number(
                    init.locations().getOrDefault(name, new InitialState.Constant(0)), addresses))
            .toList();
    var registers = registers(codes.size(), addresses);
    List<List<Path>> threads = new ArrayList<>();
    for (int i = 0; i < codes.size(); i++) {
      ThreadCode code = codes.get(i);
      var names =
          new Names(registers.get(i), code.locals(), Set.copyOf(code.parameters()), addresses);
      threads.add(Statements.paths(sections.body(), i, code, names, options));
    }
    FinalState end = FinalState.parse(sections.condition(), locations, codes.size());
    return new LitmusTest(
        sections.name(),
        sections.arch(),
        locations,
        initial,
        threads,
        registers,
        end.shown(),
        end.filter(),
        end.quantifier(),
        end.condition(),
        new ConditionText(locations).condition(end.quantifier(), end.condition()));
  }

  private static long number(InitialState.Content content, Map<String, Long> addresses) {
    return switch (content) {
      case InitialState.Constant(long number) -> number;
      case InitialState.Address(String name) -> addresses.getOrDefault(name, 0L);
    };
  }

  private List<Map<String, Long>> registers(int threads, Map<String, Long> addresses) {
    List<Map<String, Long>> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      all.add(new HashMap<>());
    }
    init.registers()
        .forEach((Prop.Register register, InitialState.RegisterContent content) -> {
          if (register.thread() >= threads) {
            throw source.error(
                content.place(),
                "there is no thread %d: the last is P%d".formatted(register.thread(), threads - 1));
          }
          all.get(register.thread()).put(register.name(), number(content.content(), addresses));
        });
    return all;
  }
}
