package dev.lazymm.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.SequentialMachine;
import dev.lazymm.machine.Snapshot;
import java.util.List;
import org.junit.jupiter.api.Test;

class SetupTest {
  private static KernelFactory kernel(String arch, String design) {
    return KernelFactory.of(Arches.find(arch).orElseThrow(), Designs.find(design).orElseThrow());
  }

  private static Scenario scenario(String lines) {
    return ScenarioParser.parse("test", "scenario s: t\n" + lines).getFirst();
  }

  private static SequentialRun run(String lines, int... order) {
    SequentialRun run = new SequentialRun(scenario(lines), kernel("x86-eager", "refcount"));
    for (int cpu : order) {
      run.step(cpu);
    }
    assertThat(run.done()).isTrue();
    return run;
  }

  private static boolean holds(SequentialRun run, String condition) {
    String text = ScenarioWriter.write(run.prepared.scenario()) + "always: " + condition;
    Condition parsed =
        ScenarioParser.parse("test", text).getFirst().expectations().getFirst().condition();
    return run.prepared.holds(parsed, run);
  }

  @Test
  void theStartIsWhatTheLinesSay() {
    Prepared prepared =
        Setup.prepare(
            scenario(
                """
                start: cpu 0 pins A
                start: cpu 0 gets B
                cpu 0: (A1) idle
                cpu 1: run A2; fork C1; run B1; unpin D
                start: cpu 1 pins D
                cpu 2: (D1) idle
                """),
            kernel("x86-eager", "refcount"));
    Snapshot start = prepared.program().start();
    Mm a = prepared.startMms().get(0);
    assertThat(prepared.startMms()).extracting(Mm::name).containsExactly("A", "B", "D");
    assertThat(value(start, a.mmUsers)).isEqualTo(2);
    assertThat(value(start, a.mmCount)).isEqualTo(2);
    Mm b = prepared.startMms().get(1);
    assertThat(value(start, b.mmUsers)).isEqualTo(2);
    assertThat(value(start, b.mmCount)).isEqualTo(1);
    Kernel kernel = prepared.kernel();
    Task a1 = prepared.task("A1");
    assertThat(value(start, kernel.cpuRq(0).curr.cell())).isEqualTo(a1.handle());
    assertThat(value(start, kernel.cpuRq(1).curr.cell())).isEqualTo(kernel.cpuRq(1).idle.handle());
    assertThat(value(start, a1.onCpu)).isEqualTo(1);
    assertThat(value(start, prepared.task("A2").onCpu)).isZero();
    assertThat(value(start, prepared.task("A2").state)).isEqualTo(Task.TASK_RUNNING);
    assertThat(value(start, prepared.task("C1").state)).isEqualTo(Task.TASK_NEW);
    // CPUs 0 and 2 gave their borrow of init_mm back when they switched to user tasks.
    assertThat(value(start, kernel.initMm().mmCount)).isEqualTo(2);
    assertThat(start.cpus().get(0).root()).isSameAs(a.pgd);
    assertThat(start.cpus().get(0).holds()).containsEntry(Kernel.ACTIVE_MM, a);
    assertThat(prepared.memory().cpus()).isEqualTo(3);
  }

  private static long value(Snapshot start, Cell cell) {
    return start.values().get(cell.index());
  }

  @Test
  void loadsAreKept() {
    String lines = "cpu 0: (A1) store x 3; store y -1\ncpu 1: (A2) load x; load y; load x\n";
    SequentialRun run = run(lines, 1, 0, 1, 1, 0);
    assertThat(holds(run, "cpu1.r1 = 0 & cpu1.r2 = 0 & cpu1.r3 = 3 & x = 3 & y = -1")).isTrue();
    assertThat(holds(run, "cpu1.r1 = 3 | x != 3")).isFalse();
  }

  @Test
  void afterAFailedUseTheAccessesAreSkipped() {
    String lines =
        """
        start: cpu 1 pins A
        cpu 0: (A1) exit
        cpu 1: (k1) use A; load x; store x 1; unuse; unpin A
        """;
    assertThat(holds(run(lines, 0, 1, 1, 1, 1, 1), "cpu1.r1 = -1 & x = 0 & cpu1.mm = NULL"))
        .isTrue();
    assertThat(holds(run(lines, 1, 1, 1, 0, 1, 1), "cpu1.r1 = 0 & x = 1 & cpu1.mm = NULL"))
        .isTrue();
  }

  @Test
  void namesFollowTheSlots() {
    String lines = "cpu 0: (A1) exit; run k1; run B1; exec C; idle\ncpu 1: idle\n";
    SequentialRun run = run(lines, 0, 0, 0, 0, 0, 1);
    Mm a = run.prepared.startMms().getFirst();
    assertThat(run.prepared.mm("C", run)).contains(a); // A's slot, used again
    assertThat(holds(run, "freed(A) & !freed(C) & freed(B) & cpu0.active_mm = C")).isTrue();
    assertThat(holds(run, "count(C) = 2 & users(C) = 1 & cpu0.active_mm = A")).isTrue();
    assertThat(holds(run, "cpu0.curr = idle & cpu1.curr = idle & cpu1.active_mm = init")).isTrue();
  }

  @Test
  void aForkedMmIsKnownWhetherOrNotTheChildRuns() {
    assertThat(holds(run("cpu 0: (A1) fork B1", 0), "users(B) = 1 & !freed(B)")).isTrue();
    SequentialRun run = run("cpu 0: (A1) fork B1\ncpu 1: run B1; exec C; idle", 0, 1, 1, 1);
    assertThat(holds(run, "freed(B) & cpu1.active_mm = C")).isTrue();
  }

  /** What a machine calls at a preemption point; the script is none the wiser afterwards. */
  @Test
  void preemptionRunsTheBracket() {
    String lines = "cpu 0: (A1) load x; exec B [exec_mmap: run A2; load x; run A1]; load x; idle";
    SequentialRun run = new SequentialRun(scenario(lines), kernel("x86-eager", "refcount"));
    run.step(0);
    run.preempt(0, "elsewhere");
    run.preempt(0, "exec_mmap");
    assertThat(run.value(run.prepared.load(0, 2))).isZero();
    run.step(0);
    run.step(0);
    run.step(0);
    assertThat(holds(run, "cpu0.r1 = 0 & cpu0.r2 = 0 & cpu0.r3 = 0 & cpu0.active_mm = B")).isTrue();
    CountsLeft.check(run);
  }

  @Test
  void aScriptRunsAsOftenAsOneLikes() {
    Scenario scenario = scenario("start: cpu 0 gets A\ncpu 0: put A; run A1; get A; put A; exit");
    for (int i = 0; i < 2; i++) {
      Setup.Sequential at =
          Setup.sequential(
              scenario, kernel("x86-eager", "refcount"), new SequentialMachine.Observer() {});
      at.prepared().program().scripts().getFirst().run(at.machine().cpu(0));
      Mm a = at.prepared().startMms().getFirst();
      assertThat(at.machine().value(a.mmUsers)).isZero();
    }
  }

  @Test
  void expectationsOfOtherKernelsAreLeftOut() {
    String lines =
        "cpu 0: (A1)\nalways: users(A) = 1\nalways on x86-eager: users(A) = 1\n"
            + "never with shootdown: freed(A)\nnever on powerpc-hash with refcount: freed(A)";
    Prepared prepared = Setup.prepare(scenario(lines), kernel("x86-eager", "refcount"));
    assertThat(prepared.expectations()).hasSize(2);
  }

  /** The laws can fail: a shootdown that the flush has hidden from leaves its mark. */
  @Test
  void theLawsNotice() {
    assertThatThrownBy(() ->
            SequentialRun.all(
                ScenarioLibrary.builtIn().find("e14-own-exit"),
                kernel("x86-eager", "shootdown"),
                CountsLeft::check))
        .isInstanceOf(AssertionError.class);
    assertThat(List.of("refcount", "no-refcount"))
        .allSatisfy(design ->
            assertThatThrownBy(() ->
                    SequentialRun.all(
                        scenario("start: cpu 0 pins A\ncpu 0: (A1) exit"),
                        kernel("powerpc-hash", design),
                        run -> {
                          run.cpu(0).writeOnce(run.prepared.startMms().getFirst().mmCount, 7);
                          CountsLeft.check(run);
                        }))
                .isInstanceOf(AssertionError.class));
  }
}
