package dev.lazymm.kernel;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Site;
import java.util.List;
import java.util.Set;

/**
 * A counting design in which CPUs that start to borrow A, B and C do together what a well-known
 * litmus test does, with a barrier at each place that needs one.
 */
public final class HandingDesign extends Refcount {
  /** A litmus test that a shape is named after, and its barriers' sites, one a CPU. */
  public enum Shape {
    /** CPU 0 publishes with smp_wmb(), CPU 1 looks with smp_rmb(). */
    MP,
    /** The same with a store-release and a load-acquire. */
    MP_ORDERED,
    /** Two CPUs claim something, each with smp_mb() before it looks at the other's claim. */
    SB,
    /** As MP, over a third CPU. */
    ISA2;

    /** {@return the site of a CPU's barrier} */
    public Site site(int cpu) {
      return SITES.get(cpu);
    }

    /** {@return the sites of all} */
    public Set<Site> sites() {
      return Set.copyOf(SITES.subList(0, this == ISA2 ? 3 : 2));
    }
  }

  private static final List<Site> SITES =
      List.of(
          new Site("H0", "CPU 0's barrier"),
          new Site("H1", "CPU 1's barrier"),
          new Site("H2", "CPU 2's barrier"));

  private final Shape shape;
  private final Note note;

  private static final class Note extends KObject {
    private final Cell data;
    private final Cell flag;
    private final Cell ready;
    private final Text text;

    Note(Memory memory) {
      super(memory, "note");
      data = memory.cell(this, "data", 0);
      flag = memory.cell(this, "flag", 0);
      ready = memory.cell(this, "ready", 0);
      text = new Text(memory);
    }

    @Override
    public String type() {
      return "note";
    }
  }

  private static final class Text extends KObject {
    private final Cell length;

    Text(Memory memory) {
      super(memory, "text");
      length = memory.cell(this, "length", 0);
    }

    @Override
    public String type() {
      return "text";
    }
  }

  public HandingDesign(Kernel kernel, Shape shape) {
    super(kernel);
    this.shape = shape;
    note = new Note(kernel.memory());
  }

  @Override
  public void mmgrabLazyTlb(Cpu cpu, Mm mm) {
    int who = List.of("A", "B", "C").indexOf(mm.name());
    if (who >= 0) {
      cpu.step("hand_" + who);
      switch (shape) {
        case MP -> mp(cpu, who);
        case MP_ORDERED -> ordered(cpu, who);
        case SB -> sb(cpu, who);
        case ISA2 -> isa2(cpu, who);
      }
    }
    super.mmgrabLazyTlb(cpu, mm);
  }

  private void mp(Cpu cpu, int who) {
    if (who == 0) {
      cpu.writeOnce(note.data, 1);
      cpu.smpWmb(shape.site(0));
      cpu.writeOnce(note.flag, 1);
    } else if (who == 1 && cpu.readOnce(note.flag) == 1) {
      cpu.smpRmb(shape.site(1));
      cpu.warnOn(cpu.readOnce(note.data) == 0, "no data");
    }
  }

  private void ordered(Cpu cpu, int who) {
    if (who == 0) {
      cpu.writeOnce(note.data, 1);
      cpu.storeRelease(note.flag, 1, shape.site(0));
    } else if (who == 1 && cpu.loadAcquire(note.flag, shape.site(1)) == 1) {
      cpu.warnOn(cpu.readOnce(note.data) == 0, "no data");
    }
  }

  private void sb(Cpu cpu, int who) {
    if (who == 0) {
      cpu.writeOnce(note.data, 1);
      cpu.smpMb(shape.site(0));
      if (cpu.readOnce(note.flag) == 0) {
        cpu.readOnce(note.text.length);
      }
    } else if (who == 1) {
      cpu.writeOnce(note.flag, 1);
      cpu.smpMb(shape.site(1));
      if (cpu.readOnce(note.data) == 0) {
        cpu.free(note.text);
      }
    }
  }

  private void isa2(Cpu cpu, int who) {
    if (who == 0) {
      cpu.writeOnce(note.data, 1);
      cpu.storeRelease(note.flag, 1, shape.site(0));
    } else if (who == 1 && cpu.readOnce(note.flag) == 1) {
      cpu.storeRelease(note.ready, 1, shape.site(1));
    } else if (who == 2 && cpu.loadAcquire(note.ready, shape.site(2)) == 1) {
      cpu.warnOn(cpu.readOnce(note.data) == 0, "no data");
    }
  }
}
