package dev.lazymm.kernel;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Refusal;
import dev.lazymm.machine.Site;
import java.util.List;

/**
 * A counting design in which who borrows A and who borrows B each claim something and look at the
 * other's claim. Of the two barriers of A either is enough for one of them to see the other's; if
 * none does, B does what it else never does.
 */
public final class PairedDesign extends Refcount {
  /** What B does when both have claimed, and nobody has seen it. */
  public enum Then {
    /** It warns. */
    WARNS,
    /** It does what no machine can answer for. */
    REFUSES,
    /** It reads what A has published, behind a barrier by which who borrows C comes too. */
    READS
  }

  private static final Site FIRST = new Site("two-0", "A's barrier");
  private static final Site SECOND = new Site("two-1", "A's other barrier");
  private static final Site OTHER = new Site("two-b", "B's barrier");
  private static final Site PUBLISH = new Site("two-wmb", "before A's flag is set");
  private static final Site READ = new Site("two-rmb", "before what A published is read");

  private final Then then;
  private final Claims claims;

  private static final class Claims extends KObject {
    private final Cell a;
    private final Cell b;
    private final Cell text;
    private final Cell published;

    Claims(Memory memory) {
      super(memory, "claims");
      a = memory.cell(this, "a", 0);
      b = memory.cell(this, "b", 0);
      text = memory.cell(this, "text", 0);
      published = memory.cell(this, "published", 0);
    }

    @Override
    public String type() {
      return "claims";
    }
  }

  public PairedDesign(Kernel kernel, Then then) {
    super(kernel);
    this.then = then;
    claims = new Claims(kernel.memory());
  }

  @Override
  public void mmgrabLazyTlb(Cpu cpu, Mm mm) {
    switch (List.of("A", "B", "C").indexOf(mm.name())) {
      case 0 -> a(cpu);
      case 1 -> b(cpu);
      case 2 -> cpu.smpRmb(READ);
      default -> {}
    }
    super.mmgrabLazyTlb(cpu, mm);
  }

  private void a(Cpu cpu) {
    cpu.writeOnce(claims.a, 1);
    cpu.smpMb(FIRST);
    cpu.smpMb(SECOND);
    if (cpu.readOnce(claims.b) == 0) {
      cpu.writeOnce(claims.text, 1);
      cpu.smpWmb(PUBLISH);
      cpu.writeOnce(claims.published, 1);
    }
  }

  private void b(Cpu cpu) {
    cpu.writeOnce(claims.b, 1);
    cpu.smpMb(OTHER);
    if (cpu.readOnce(claims.a) == 0 && cpu.readOnce(claims.published) == 1) {
      switch (then) {
        case WARNS -> cpu.warnOn(true, "nobody has seen the other's claim");
        case REFUSES -> throw new Refusal("nobody has seen the other's claim");
        case READS -> {
          cpu.smpRmb(READ);
          cpu.warnOn(cpu.readOnce(claims.text) == 0, "no text");
        }
      }
    }
  }
}
