package dev.lazymm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.mapping.Keys;
import dev.lazymm.mapping.Mapping;
import dev.lazymm.mapping.Registers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each row of a mapping computes what its primitive does: it is run alone, as a test of one thread
 * in assembly. (What rows order is for tests of several threads to say.)
 */
class MappingRowsTest {
  private static final List<String> HOLES =
      List.of("result", "address", "value", "old", "t1", "t2", "status");

  /** The register that is 1 after a sequence that was not given up, and how it becomes so. */
  private static final Map<String, List<String>> MARKS =
      Map.of(
          "AArch64", List.of("X20", "mov W20,#1"),
          "PPC", List.of("r20", "li r20,1"),
          "RISCV", List.of("x20", "addi x20,x0,1"),
          "X86_64", List.of("r15", "movl $1,%r15d"));

  /**
   * What a primitive does to one variable.
   *
   * @param before what is in the variable
   * @param after what is then in it; -1 if the sequence is always given up
   * @param result what the primitive gives; -1 if nothing
   */
  private record Case(String does, int before, int value, int old, int after, int result) {}

  static List<String> builtIn() {
    return Mapping.BUILT_IN;
  }

  private static List<Case> cases() {
    return Keys.PRIMITIVES.stream().flatMap(MappingRowsTest::cases).toList();
  }

  private static Stream<Case> cases(String does) {
    String[] words = does.split(" ", -1);
    return switch (words[0]) {
      case "load" -> Stream.of(new Case(does, 5, 0, 0, 5, 5));
      case "store" -> Stream.of(new Case(does, 5, 3, 0, 3, -1));
      case "xchg" -> Stream.of(new Case(does, 5, 3, 0, 3, 5));
      case "cmpxchg" -> Stream.of(new Case(does, 5, 3, 5, 3, 5), new Case(does, 5, 3, 4, 5, 5));
      case "op" -> Stream.of(new Case(does, 12, 10, 0, of(words[1]), -1));
      case "fetch_op" -> Stream.of(new Case(does, 12, 10, 0, of(words[1]), 12));
      case "add_unless" -> Stream.of(new Case(does, 5, 2, 4, 7, 1), new Case(does, 5, 2, 5, 5, 0));
      case "lock" -> Stream.of(new Case(does, 0, 0, 0, 1, -1), new Case(does, 1, 0, 0, -1, -1));
      case "unlock" -> Stream.of(new Case(does, 1, 0, 0, 0, -1));
      case "trylock" -> Stream.of(new Case(does, 0, 0, 0, 1, 1), new Case(does, 1, 0, 0, 1, 0));
      case "islocked" -> Stream.of(new Case(does, 0, 0, 0, 0, 0), new Case(does, 1, 0, 0, 1, 1));
      default -> Stream.of(new Case(does, 5, 0, 0, 5, -1));
    };
  }

  /** {@return 12 operator 10} */
  private static int of(String operator) {
    return switch (operator) {
      case "+" -> 22;
      case "-" -> 2;
      case "&" -> 8;
      case "|" -> 14;
      case "^" -> 6;
      case "&~" -> 4;
      default -> throw new AssertionError(operator);
    };
  }

  @ParameterizedTest
  @MethodSource("builtIn")
  void everyRowComputesWhatItsPrimitiveDoes(String name, @TempDir Path folder) throws IOException {
    Mapping mapping = Mapping.find(name);
    List<Case> cases = cases();
    for (int i = 0; i < cases.size(); i++) {
      write(mapping, cases.get(i), folder, "%03d".formatted(i));
    }
    Map<String, String> verdicts = verdicts(folder);
    assertThat(verdicts).hasSize(2 * cases.size());
    for (int i = 0; i < cases.size(); i++) {
      Case c = cases.get(i);
      String test = "%03d".formatted(i);
      boolean ends = c.after >= 0;
      assertThat(verdicts.get(test + "-wrong")).as("%s: %s wrong", name, c).isEqualTo("Never");
      assertThat("Never".equals(verdicts.get(test + "-right")))
          .as("%s: %s right", name, c)
          .isEqualTo(!ends);
    }
  }

  /** The check fails where it should: with another operation in a row. */
  @Test
  void aRowThatComputesSomethingElseIsNoticed(@TempDir Path folder) throws IOException {
    Mapping wrong =
        Mapping.parse(
            "wrong.toml",
            """
            extends = "riscv"
            title = "and instead of or"
            [[row]]
            does = "fetch_op | ONCE"
            kernel = "atomic_fetch_or_relaxed()"
            code = ["amoand.w {result},{value},({address})"]
            source = "nowhere"
            """);
    write(wrong, new Case("fetch_op | ONCE", 12, 10, 0, 14, 12), folder, "or");
    assertThat(verdicts(folder))
        .containsEntry("or-right", "Never")
        .doesNotContainEntry("or-wrong", "Never");
  }

  private static Map<String, String> verdicts(Path folder) {
    Cli run = Cli.run("litmus", "--model", "sc", folder.toString());
    assertThat(run.err()).isEmpty();
    return run.out()
        .lines()
        .filter(l -> l.matches("(Never|Sometimes|Always) .*"))
        .map(l -> l.split(" +"))
        .collect(Collectors.toMap(words -> words[3], words -> words[0]));
  }

  private static void write(Mapping mapping, Case c, Path folder, String test) throws IOException {
    Registers registers = Registers.of(mapping.isa());
    List<String> mark = Objects.requireNonNull(MARKS.get(mapping.isa()));
    List<String> code = new ArrayList<>();
    code.addAll(mapping.row(c.does).lines(hole -> register(registers, hole), false));
    code.add("done: " + mark.get(1));
    code.add("fail:");
    String init =
        "{ x=%d; 0:%s=x; 0:%s=%d; 0:%s=%d; }"
            .formatted(
                c.before,
                state(registers, "address"),
                state(registers, "value"),
                c.value,
                state(registers, "old"),
                c.old);
    String good = "x=" + c.after;
    if (c.result >= 0) {
      good += " /\\ 0:" + state(registers, "result") + "=" + c.result;
    }
    String ends = "0:" + mark.getFirst() + "=1";
    String body =
        init + "\n P0 ;\n" + code.stream().map(l -> " " + l + " ;\n").collect(Collectors.joining());
    Files.writeString(
        folder.resolve(test + "-right.litmus"),
        "%s %s-right%n%sexists (%s /\\ %s)%n".formatted(mapping.isa(), test, body, ends, good));
    Files.writeString(
        folder.resolve(test + "-wrong.litmus"),
        "%s %s-wrong%n%sexists (%s /\\ ~(%s))%n".formatted(mapping.isa(), test, body, ends, good));
  }

  private static String register(Registers registers, String hole) {
    return hole.equals("done") || hole.equals("fail")
        ? hole
        : registers.name(HOLES.indexOf(hole), hole.equals("address"));
  }

  /** {@return the register as initial and final states name it} */
  private static String state(Registers registers, String hole) {
    return registers.name(HOLES.indexOf(hole), true).replace("%", "");
  }
}
