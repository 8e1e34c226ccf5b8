package dev.lazymm.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lazymm.workload.Scenario.CpuLine;
import dev.lazymm.workload.Scenario.Reference;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioParserTest {
  private static Scenario one(String text) {
    List<Scenario> all = ScenarioParser.parse("test", text);
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private static ScenarioException wrong(String text) {
    return catchThrowableOfType(
        ScenarioException.class, () -> ScenarioParser.parse("test.scenarios", text));
  }

  /** The condition of a scenario with enough in it. */
  private static Condition condition(String text) {
    return one("scenario s: t\ncpu 0: (A1) exec B; load x; load y\ncpu 1: (A2)\nnever: " + text)
        .expectations()
        .getFirst()
        .condition();
  }

  @Test
  void allPartsOfAScenario() {
    Scenario scenario =
        one(
            """
            # a comment, and a blank line

            scenario a-b-2: what it is # not a comment here
            about: one
              about:   two
            start: cpu 1 pins A
            start: cpu 0 gets A  # a comment
            cpu 1:
            cpu 0: (A1) run k1; run A1 # a comment
            exists: cpu1.curr = idle
            never on x86-eager, powerpc-hash with refcount, shootdown: freed(A)
            always with refcount: count(A) = 1
            """);
    assertThat(scenario.name()).isEqualTo("a-b-2");
    assertThat(scenario.title()).isEqualTo("what it is # not a comment here");
    assertThat(scenario.about()).containsExactly("one", "two");
    assertThat(scenario.references())
        .containsExactly(new Reference(1, false, "A"), new Reference(0, true, "A"));
    assertThat(scenario.cpus())
        .containsExactly(
            new CpuLine("A1", List.of(new Action.Run("k1"), new Action.Run("A1"))),
            new CpuLine(null, List.of()));
    assertThat(scenario.expectations())
        .containsExactly(
            Expectation.of(
                Expectation.Kind.EXISTS, new Condition.CpuIs(1, Condition.Register.CURR, "idle")),
            new Expectation(
                Expectation.Kind.NEVER,
                List.of("x86-eager", "powerpc-hash"),
                List.of("refcount", "shootdown"),
                new Condition.Freed("A")),
            new Expectation(
                Expectation.Kind.ALWAYS,
                List.of(),
                List.of("refcount"),
                new Condition.Count("A", 1)));
  }

  @Test
  void everyAction() {
    Scenario scenario =
        one(
            """
            scenario s: t
            cpu 0: (A1) load x; store x -1; munmap; mprotect; fork B1; clone A3; exec C; exit
            cpu 1: idle; leave-mm; run k1; pin D; unpin D; get D; put D; use D; unuse
            cpu 2: (D1) exec E [exec_mmap: run k2; run D1]
            cpu 3: (D2)
            """);
    assertThat(scenario.cpus().get(0).actions())
        .containsExactly(
            new Action.Load("x"),
            new Action.Store("x", -1),
            new Action.Munmap(),
            new Action.Mprotect(),
            new Action.Fork("B1"),
            new Action.Clone("A3"),
            new Action.Exec("C"),
            new Action.Exit());
    assertThat(scenario.cpus().get(1).actions())
        .containsExactly(
            new Action.Idle(),
            new Action.LeaveMm(),
            new Action.Run("k1"),
            new Action.Pin("D"),
            new Action.Unpin("D"),
            new Action.Get("D"),
            new Action.Put("D"),
            new Action.Use("D"),
            new Action.Unuse());
    assertThat(scenario.cpus().get(2).actions())
        .containsExactly(
            new Action.Preempted(
                new Action.Exec("E"),
                "exec_mmap",
                List.of(new Action.Run("k2"), new Action.Run("D1"))));
  }

  @Test
  void everyCondition() {
    assertThat(condition("cpu0.curr = A1"))
        .isEqualTo(new Condition.CpuIs(0, Condition.Register.CURR, "A1"));
    assertThat(condition("cpu1.mm != NULL"))
        .isEqualTo(new Condition.Not(new Condition.CpuIs(1, Condition.Register.MM, "NULL")));
    assertThat(condition("cpu1.active_mm = init"))
        .isEqualTo(new Condition.CpuIs(1, Condition.Register.ACTIVE_MM, "init"));
    assertThat(condition("cpu0.root = B"))
        .isEqualTo(new Condition.CpuIs(0, Condition.Register.ROOT, "B"));
    assertThat(condition("cpu0.r2 = -1")).isEqualTo(new Condition.Loaded(0, 2, -1));
    assertThat(condition("1 in mask(A)")).isEqualTo(new Condition.InMask(1, "A"));
    assertThat(condition("1 not in mask(A)"))
        .isEqualTo(new Condition.Not(new Condition.InMask(1, "A")));
    assertThat(condition("count(init) = 3")).isEqualTo(new Condition.Count("init", 3));
    assertThat(condition("users(B) = 0")).isEqualTo(new Condition.Users("B", 0));
    assertThat(condition("! freed ( A )")).isEqualTo(new Condition.Not(new Condition.Freed("A")));
    assertThat(condition("x = 7")).isEqualTo(new Condition.CellIs("x", 7));
  }

  @Test
  void andBindsMoreThanOr() {
    Condition x = new Condition.CellIs("x", 1);
    Condition y = new Condition.CellIs("y", 1);
    assertThat(condition("x = 1 & y = 1 | y = 1"))
        .isEqualTo(new Condition.Any(List.of(new Condition.All(List.of(x, y)), y)));
    assertThat(condition("x = 1 & (y = 1 | !y = 1)"))
        .isEqualTo(
            new Condition.All(List.of(x, new Condition.Any(List.of(y, new Condition.Not(y))))));
    assertThat(condition("x = 1 & y = 1 & x = 1")).isEqualTo(new Condition.All(List.of(x, y, x)));
  }

  @Test
  void anErrorShowsTheLineWithACaret() {
    ScenarioException e = wrong("scenario s: t\n\tcpu 1: (A1) idel # there\n");
    assertThat(e.file()).isEqualTo("test.scenarios");
    assertThat(e.line()).isEqualTo(2);
    assertThat(e.column()).isEqualTo(14);
    assertThat(e.text()).isEqualTo("\tcpu 1: (A1) idel # there");
    assertThat(e.what()).isEqualTo("there is no action \"idel\"");
    assertThat(e.expected()).endsWith("; did you mean \"idle\"?");
    assertThat(e.getMessage())
        .isEqualTo(
            """
            test.scenarios:2:14: there is no action "idel"
              \tcpu 1: (A1) idel # there
              \t            ^
            expected\
             an action: run, idle, exit, exec, fork, clone, use, unuse, pin, unpin, get, put,\
             munmap, mprotect, leave-mm, offline, online, unplug, plug, load, store, membarrier, rseq-begin, rseq-end; did you mean "idle"?\
            """);
  }

  @Test
  void aUsersOwnDesignCanBeAllowed() {
    String text = "scenario s: t\ncpu 0: (A1)\nalways with mine: freed(A)";
    assertThat(wrong(text).what()).isEqualTo("there is no design \"mine\"");
    assertThat(ScenarioParser.parse("test", text, List.of("mine"))).hasSize(1);
  }

  /** Each line alone after a good beginning, with the column and what is wrong. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          cup 1: idle              | 1  | no line begins with "cup"
          = 1                      | 1  | "=" does not belong here
          scenario Bad: t          | 10 | "Bad" is not one
          scenario s: t            | 10 | there is a scenario "s" before this one
          scenario t               | 11 | the line ends too early
          scenario t:              | 12 | the line ends too early
          about:                   | 7  | the line ends too early
          cpu: idle                | 4  | ":" does not belong here
          cpu one: idle            | 5  | "one" does not belong here
          cpu 99999: idle          | 5  | 99999 is out of range
          cpu 99999999999999999999:| 5  | 99999999999999999999 is out of range
          cpu 0: idle              | 5  | there is a line for cpu 0 before
          cpu 2: idle              | 5  | there is no line for cpu 1
          cpu 1: (a1) idle         | 9  | "a1" is not one
          cpu 1: (A2 idle          | 12 | "idle" does not belong here
          cpu 1: (A1)              | 9  | A1 runs on another CPU
          cpu 1: idle;             | 13 | the line ends too early
          cpu 1: idle idle         | 13 | "idle" does not belong here
          cpu 1: run               | 11 | the line ends too early
          cpu 1: run A             | 12 | "A" is not one
          cpu 1: use k1            | 12 | "k1" is not one
          cpu 1: (A2) fork k2      | 18 | "k2" is not one
          cpu 1: (A2) store x      | 20 | the line ends too early
          cpu 1: (A2) load kk      | 18 | "kk" is not one
          cpu 1: (A2) exec B [     | 21 | the line ends too early
          cpu 1: (A2) exec B [e]   | 22 | "]" does not belong here
          cpu 1: (A2) exec B [e: ] | 24 | "]" does not belong here
          cpu 1: (A2) exec B [e: idle | 28 | the line ends too early
          cpu 1: (A2) exec B [e: exec C [e: idle]] | 31 | preemption does not nest
          start: pin A             | 8  | "pin" is not one
          start: cpu 0 holds A     | 14 | "holds" is not one
          start: cpu 0 pins a      | 19 | "a" is not one
          start: cpu 0 pins A B    | 21 | "B" does not belong here
          start: cpu 5 pins A      | 8  | there is no cpu 5
          start: cpu 0 pins Z      | 8  | no task has mm Z at the start
          exists cpu0.curr = A1    | 8  | "cpu0" does not belong here
          exists on x86: x = 1     | 11 | there is no architecture "x86"
          exists with refcout: x=1 | 13 | there is no design "refcout"
          exists:                  | 8  | the line ends too early
          exists: x = 1 &          | 16 | the line ends too early
          exists: (x = 1           | 15 | the line ends too early
          exists: x = 1)           | 14 | ")" does not belong here
          exists: x == 1           | 12 | "=" does not belong here
          exists: x = A            | 13 | "A" does not belong here
          exists: cpu0 = A1        | 14 | "=" does not belong here
          exists: cpu0.activ_mm = A| 14 | a CPU has no "activ_mm"
          exists: cpu0.mm = init   | 19 | "init" is not one
          exists: cpu0.root = NULL | 21 | "NULL" is not one
          exists: cpu0.curr = A    | 21 | "A" is not one
          exists: 0 on mask(A)     | 11 | "on" is not one
          exists: 0 in A           | 14 | "A" is not one
          exists: count A = 1      | 15 | "A" does not belong here
          exists: freed(NULL)      | 15 | "NULL" is not one
          exists: fred(A)          | 9  | "fred" is not a condition
          exists: x = 1 & y = 1    | 17 | nothing loads or stores y
          exists: x = 1 & cpu1.mm=A| 17 | there is no cpu 1
          exists: cpu0.r2 = 1      | 9  | there is no load 2 on cpu 0
          exists: cpu0.r0 = 1      | 9  | there is no load 0 on cpu 0
          exists: count(B) = 1     | 9  | there is no mm B
          exists: cpu0.curr = k1   | 9  | there is no task k1
          """)
  void everyErrorHasAPlace(String line, int column, String what) {
    ScenarioException e = wrong("scenario s: t\ncpu 0: (A1) load x\n" + line + "\n");
    assertThat(e).isNotNull();
    assertThat(e.what()).isEqualTo(what);
    assertThat(e.line()).isEqualTo(3);
    assertThat(e.column()).isEqualTo(column);
    assertThat(e.expected()).isNotBlank();
  }

  @Test
  void linesNeedAScenario() {
    assertThat(wrong("cpu 0: idle").what()).isEqualTo("cpu before any scenario");
    ScenarioException e = wrong("scenario s: t\nabout: x\n");
    assertThat(e.what()).isEqualTo("a scenario without a CPU");
    assertThat(e.line()).isEqualTo(1);
    assertThat(e.column()).isEqualTo(10);
    assertThat(ScenarioParser.parse("test", "\n# nothing\n")).isEmpty();
  }
}
