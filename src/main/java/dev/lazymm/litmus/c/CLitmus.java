package dev.lazymm.litmus.c;

import dev.lazymm.litmus.ConditionText;
import dev.lazymm.litmus.FinalState;
import dev.lazymm.litmus.InitialState;
import dev.lazymm.litmus.LitmusException;
import dev.lazymm.litmus.LitmusTest;
import dev.lazymm.litmus.Path;
import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.Value;
import java.util.ArrayList;
import java.util.HashMap;
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

  private final Program program;
  private final Options options;
  private final Map<String, Long> addresses = new HashMap<>();

  private CLitmus(Source source, Options options) {
    this.program = Program.parse(source);
    this.options = options;
    for (String location : program.locations()) {
      addresses.put(location, Value.address(addresses.size()));
    }
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
    List<String> locations = program.locations();
    var contents = program.init().locations();
    List<Long> initial =
        locations.stream()
            .map(
                name -> contents.getOrDefault(name, new InitialState.Constant(0)).number(addresses))
            .toList();
    List<ThreadCode> codes = program.threads();
    List<Map<String, Long>> registers = registers(codes.size());
    List<List<Path>> threads = new ArrayList<>();
    for (int i = 0; i < codes.size(); i++) {
      ThreadCode code = codes.get(i);
      var names =
          new Names(registers.get(i), code.locals(), Set.copyOf(code.parameters()), addresses);
      threads.add(Statements.paths(program.source(), i, code, names, options));
    }
    FinalState end = program.end();
    return new LitmusTest(
        program.name(),
        "C",
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

  private List<Map<String, Long>> registers(int threads) {
    List<Map<String, Long>> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      all.add(new HashMap<>());
    }
    program
        .init()
        .registers()
        .forEach((register, content) ->
            all.get(register.thread()).put(register.name(), content.content().number(addresses)));
    return all;
  }
}
