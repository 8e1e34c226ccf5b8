package dev.lazymm.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.kernel.Mm;
import java.util.stream.Stream;

/** What must hold at the end of every run on a kernel without a defect. */
final class CountsLeft {
  private CountsLeft() {}

  /** I4 and I5: counters are what the references left say; what has none was freed, once. */
  static void check(SequentialRun run) {
    Prepared prepared = run.prepared;
    assertThat(run.warnings).as(prepared.scenario().toString()).isEmpty();
    Outline outline = prepared.outline();
    Stream.concat(outline.startMms().stream(), outline.madeMms().stream())
        .forEach(name -> checkMm(run, name));
    assertThat(run.doublyFreed).as(prepared.scenario().toString()).isEmpty();
  }

  private static void checkMm(SequentialRun run, String name) {
    Prepared prepared = run.prepared;
    String what = name + " in\n" + prepared.scenario();
    Mm mm = prepared.mm(name, run).orElseThrow();
    int users = prepared.usersAtEnd(name);
    int pins = prepared.pinsAtEnd(name);
    if (prepared.holds(new Condition.Freed(name), run)) {
      assertThat(users + pins).as("references left of freed " + what).isZero();
      return;
    }
    int lazy = prepared.kernel().lazyMm().refcounts() ? run.borrowers(mm) : 0;
    long kept = prepared.kernel().lazyMm().references(mm, run::value);
    assertThat(run.value(mm.mmUsers)).as("users of " + what).isEqualTo(users);
    assertThat(run.value(mm.mmCount))
        .as("count of " + what)
        .isEqualTo((users > 0 ? 1 : 0) + pins + lazy + kept)
        .isPositive();
  }
}
