package dev.lazymm.machine;

import java.util.List;

/**
 * CPU 0 sends CPU 1 an IPI and waits for its handler, which turns interrupts off in one way or
 * another; then CPU 1 notes whether its interrupts are off. The return of a handler restores them,
 * on every machine.
 */
public final class FlagAfterHandler {
  private static final Site SITE = new Site("flag", "a test");

  /** How a handler turns interrupts off. */
  public enum Handler {
    /** local_irq_disable, and never on again. */
    DISABLES,
    /** local_irq_save and local_irq_restore: which leaves them as they were, off in a handler. */
    SAVES_AND_RESTORES
  }

  private static final class Cells extends KObject {
    final Cell sent;
    final Cell off;

    Cells(Memory memory) {
      super(memory, "flag");
      sent = memory.cell(this, "sent", 0);
      off = memory.cell(this, "off", -1);
    }

    @Override
    public String type() {
      return "flag";
    }
  }

  private final Memory memory = new Memory(Layout.lineEach(), 2);
  private final Cells cells = new Cells(memory);
  private final Ipi ipi;

  public FlagAfterHandler(Handler how) {
    ipi = new Ipi(how.name(), (cpu, info) -> handle(cpu, how));
  }

  private static void handle(Cpu cpu, Handler how) {
    switch (how) {
      case DISABLES -> cpu.irqDisable(SITE);
      case SAVES_AND_RESTORES -> cpu.irqRestore(cpu.irqSave(SITE), SITE);
    }
  }

  /** {@return the two scripts} */
  public Program program() {
    return Program.of(memory, List.of(this::sender, this::target));
  }

  /** What CPU 0 does. */
  public void sender(Cpu cpu) {
    cpu.onEachCpu(new long[] {CpuMask.bit(1)}, ipi, cells, true, SITE);
    cpu.storeRelease(cells.sent, 1, SITE);
  }

  /** What CPU 1 does. */
  public void target(Cpu cpu) {
    cpu.await(cells.sent, Cond.EQ, 1, Ordering.ACQUIRE, SITE);
    cpu.writeOnce(cells.off, cpu.irqsDisabled() ? 1 : 0);
  }

  /** {@return 1 in the end if interrupts are off after the handler, 0 if on, -1 if it hangs} */
  public Cell off() {
    return cells.off;
  }

  public Memory memory() {
    return memory;
  }
}
