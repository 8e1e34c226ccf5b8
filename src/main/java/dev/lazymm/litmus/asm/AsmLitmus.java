package dev.lazymm.litmus.asm;

import dev.lazymm.isa.Isa;
import dev.lazymm.isa.IsaException;
import dev.lazymm.isa.Line;
import dev.lazymm.isa.Op;
import dev.lazymm.isa.Table;
import dev.lazymm.isa.grammar.AsmLexer;
import dev.lazymm.isa.grammar.AsmParser;
import dev.lazymm.litmus.ConditionText;
import dev.lazymm.litmus.FinalState;
import dev.lazymm.litmus.InitialState;
import dev.lazymm.litmus.LitmusException;
import dev.lazymm.litmus.LitmusTest;
import dev.lazymm.litmus.Path;
import dev.lazymm.litmus.Sections;
import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.Spelling;
import dev.lazymm.litmus.Syntax;
import dev.lazymm.litmus.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads litmus tests in assembly.
 *
 * <pre>
 * LitmusTest test = AsmLitmus.parse(Source.read(file), new AArch64(), Options.defaults());
 * </pre>
 */
public final class AsmLitmus {
  /**
   * How to read a test.
   *
   * @param unroll how many times a way through a thread may jump back to the same place
   * @param paths how many ways through a thread are not too many
   * @param model the name of the model that the test is for; old tests ask other questions of
   *     others
   * @param registers whether accesses to registers are events, too, as models want it that compute
   *     dependencies themselves
   */
  public record Options(int unroll, int paths, String model, boolean registers) {
    /** {@return herd's bound on loops} */
    public static Options defaults() {
      return new Options(2, 100_000, "", false);
    }

    /** {@return these for another model} */
    public Options withModel(String name, boolean withRegisters) {
      return new Options(unroll, paths, name, withRegisters);
    }
  }

  private final Source source;
  private final Sections sections;
  private final Isa isa;
  private final Options options;
  private final Map<String, Long> addresses = new LinkedHashMap<>();

  private AsmLitmus(Source source, Isa isa, Options options) {
    this.source = source;
    this.sections = Sections.of(source);
    this.isa = isa;
    this.options = options;
  }

  /**
   * {@return a test}
   *
   * @throws LitmusException if it is not as it should be
   */
  public static LitmusTest parse(Source source, Isa isa, Options options) {
    try {
      return new AsmLitmus(source, isa, options).read();
    } catch (IsaException e) {
      throw source.error(
          new Source.Place(e.place().line(), e.place().column()), String.valueOf(e.getMessage()));
    } catch (StackOverflowError _) {
      throw new LitmusException(source.file(), "is nested too deeply");
    }
  }

  private LitmusTest read() {
    if (sections.body().text().isBlank()) {
      String end = sections.condition().text();
      throw source.error(
          end.length() - end.stripLeading().length(), "no threads: expected P0 | P1 ; before this");
    }
    InitialState init = InitialState.parse(sections.init());
    List<List<Line>> table =
        Table.read(Syntax.parser(sections.body(), AsmLexer::new, AsmParser::new, Map.of()).table());
    List<Code> codes = table.stream().map(this::code).toList();
    init.locations().keySet().forEach(this::address);
    init.locations().values().forEach(this::mention);
    init.registers().values().forEach(c -> mention(c.content()));
    codes.forEach(c -> c.steps().forEach(s -> Locations.of(s.op()).forEach(this::address)));
    var registers = registers(init, codes.size());
    boolean unsignedWords =
        isa.unsignedWords() && init.locations().values().stream().allMatch(this::isSmall);
    List<List<Path>> threads = new ArrayList<>();
    for (int i = 0; i < codes.size(); i++) {
      threads.add(
          Walk.paths(
              codes.get(i), registers.get(i), addresses, options, unsignedWords, source.file(), i));
    }
    Sizes.check(threads, addresses, source);
    List<String> locations = List.copyOf(addresses.keySet());
    FinalState end =
        FinalState.parse(
            sections.condition(), locations, codes.size(), isa::register, options.model());
    return new LitmusTest(
        sections.name(),
        sections.arch(),
        locations,
        locations.stream()
            .map(l ->
                init.locations().getOrDefault(l, new InitialState.Constant(0)).number(addresses))
            .toList(),
        threads,
        registers,
        end.shown(),
        end.filter(),
        end.quantifier(),
        end.condition(),
        new ConditionText(locations).condition(end.quantifier(), end.condition()));
  }

  private boolean isSmall(InitialState.Content content) {
    return content instanceof InitialState.Address || content.number(addresses) >>> 32 == 0;
  }

  private void mention(InitialState.Content content) {
    if (content instanceof InitialState.Address(String location)) {
      address(location);
    }
  }

  private void address(String location) {
    addresses.computeIfAbsent(location, _ -> Value.address(addresses.size()));
  }

  private List<Map<String, Long>> registers(InitialState init, int threads) {
    List<Map<String, Long>> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      all.add(new HashMap<>());
    }
    init.registers()
        .forEach((register, content) -> {
          String name = isa.register(register.name());
          if (register.thread() >= threads) {
            throw source.error(
                content.place(),
                "there is no thread %d: the last is P%d".formatted(register.thread(), threads - 1));
          }
          if (name == null) {
            throw source.error(content.place(), "there is no register " + register.name());
          }
          all.get(register.thread()).put(name, content.content().number(addresses));
        });
    return all;
  }

  private Code code(List<Line> lines) {
    List<Code.Step> steps = new ArrayList<>();
    Map<String, Integer> labels = new HashMap<>();
    for (Line line : lines) {
      for (String label : line.labels()) {
        if (labels.put(label, steps.size()) != null) {
          throw new IsaException(line.place(), "two labels are called " + label);
        }
      }
      if (!line.mnemonic().isEmpty()) {
        boolean first = true;
        for (Op op : isa.decode(line)) {
          steps.add(new Code.Step(op, first, line.place(), line.text()));
          first = false;
        }
      }
    }
    for (Code.Step step : steps) {
      if (step.op() instanceof Op.Branch(_, String label) && !labels.containsKey(label)) {
        throw new IsaException(
            step.place(),
            "there is no label " + label + Spelling.hint(label, List.copyOf(labels.keySet())));
      }
    }
    return new Code(steps, labels);
  }
}
