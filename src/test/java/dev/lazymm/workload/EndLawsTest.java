package dev.lazymm.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.KObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A sound end breaks no law; changed in one place, it breaks the law that place is about. */
class EndLawsTest {
  private static final String TEXT =
      """
      scenario ends: A dies, B stays
      cpu 0: (A1) exit; run B2; idle
      cpu 1: (B1) idle
      never: freed(B)
      """;

  /** The end of a run, with a few things changed. */
  private static final class Changed implements FinalState {
    final FinalState sound;
    final Map<Cell, Long> values = new HashMap<>();
    final Map<KObject, Boolean> freed = new HashMap<>();

    Changed(FinalState sound) {
      this.sound = sound;
    }

    @Override
    public long value(Cell cell) {
      return values.getOrDefault(cell, sound.value(cell));
    }

    @Override
    public @Nullable KObject root(int cpu) {
      return sound.root(cpu);
    }

    @Override
    public boolean freed(KObject object) {
      return freed.getOrDefault(object, sound.freed(object));
    }

    @Override
    public boolean live(Mm mm) {
      return !freed(mm);
    }
  }

  private final Changed end;
  private final Prepared prepared;
  private final Mm dead;
  private final Mm alive;
  private final Task idle;
  private final Task sleeper;

  EndLawsTest() {
    AtomicReference<SequentialRun> last = new AtomicReference<>();
    SequentialRun.all(
        ScenarioParser.parse("ends", TEXT).getFirst(),
        KernelFactory.of(
            Arches.find("powerpc-hash").orElseThrow(), Designs.find("refcount").orElseThrow()),
        last::set);
    SequentialRun run = last.get();
    prepared = run.prepared;
    end = new Changed(run);
    dead = prepared.mm("A", run).orElseThrow();
    alive = prepared.mm("B", run).orElseThrow();
    idle = prepared.kernel().cpuRq(1).idle;
    sleeper = prepared.task("B1");
  }

  private List<String> broken() {
    return EndLaws.judge(prepared, end).stream().map(EndLaws.Broken::law).toList();
  }

  @Test
  void aSoundEndBreaksNone() {
    assertThat(EndLaws.judge(prepared, end)).isEmpty();
    assertThat(end.freed(dead)).isTrue();
    assertThat(end.live(alive)).isTrue();
  }

  @Test
  void anActiveMmThatIsFreed() {
    end.values.put(idle.activeMm.cell(), (long) dead.handle());
    assertThat(broken()).contains("I1");
  }

  @Test
  void anMmuOnWhatIsFreed() {
    KObject root = prepared.kernel().arch().rootOf(alive);
    assertThat(end.root(1)).isEqualTo(root);
    end.freed.put(root, true);
    assertThat(broken()).containsExactly("I2");
  }

  @Test
  void aCountThatIsNotWhatTheReferencesSay() {
    end.values.put(alive.mmCount, end.value(alive.mmCount) + 1);
    assertThat(broken()).containsExactly("I4");
  }

  @Test
  void usersThatAreNotThere() {
    end.values.put(alive.mmUsers, end.value(alive.mmUsers) + 1);
    assertThat(broken()).containsExactly("I4");
  }

  @Test
  void anMmThatIsFreedThoughItIsReferred() {
    end.freed.put(alive, true);
    assertThat(broken()).contains("I5");
  }

  @Test
  void anMmThatIsNeverFreed() {
    end.freed.put(dead, false);
    assertThat(broken()).containsExactly("I5");
  }

  @Test
  void aPartThatIsNeverFreed() {
    end.freed.put(dead.userTables, false);
    assertThat(broken()).containsExactly("I5");
  }

  @Test
  void aTaskThatIsNeverFreed() {
    end.freed.put(prepared.task("A1"), false);
    assertThat(broken()).containsExactly("I5");
  }

  @Test
  void anActiveMmOfASleeperWithoutAnMm() {
    Task kthread = prepared.kernel().cpuRq(0).idle;
    end.values.put(prepared.kernel().cpuRq(0).curr.cell(), (long) sleeper.handle());
    end.values.put(kthread.activeMm.cell(), (long) alive.handle());
    assertThat(broken()).contains("I1+");
  }

  @Test
  void theScenariosOwn() {
    end.freed.put(alive, true);
    assertThat(broken()).contains("never");
  }
}
