package dev.lazymm.check.faults;

import static dev.lazymm.check.faults.Variant.execMmap;

import dev.lazymm.kernel.ExecMmap;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Sites;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Hold;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Rmw;
import dev.lazymm.machine.Site;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** exec_mmap, broken. */
final class ExecMmapFaults {
  private static final KernelMethod EXEC_MMAP =
      new KernelMethod("exec_mmap", ExecMmap.class, "execMmap");

  static final List<Fault> ALL =
      List.of(
          Fault.in(EXEC_MMAP, "interrupts stay on")
              .as("R02")
              .on("refcount", "powerpc-hash")
              .over("exec-last-user")
              .byWeakening(Sites.IRQ_EXEC)
              .foundBy("I3", "WARN"),
          Fault.in(EXEC_MMAP, "preempted between active_mm and activate_mm")
              .as("R02")
              .on("refcount", "powerpc-hash")
              .over("exec-preempted")
              .by(
                  execMmap(k ->
                      new ExecMmap(k) {
                        @Override
                        public void execMmap(Cpu cpu, Mm mm) {
                          super.execMmap(preempted(cpu), mm);
                        }
                      }))
              .foundBy("I3", "I8"),
          Fault.in(EXEC_MMAP, "a kernel thread's borrow is not given back")
              .on("refcount", "powerpc-hash")
              .over("exec-by-kthread")
              .by(
                  execMmap(k ->
                      new ExecMmap(k) {
                        @Override
                        public void execMmap(Cpu cpu, Mm mm) {
                          super.execMmap(Bent.without(cpu, Sites.DROP_EXEC), mm);
                        }
                      }))
              .foundBy("I4"),
          Fault.in(EXEC_MMAP, "a kernel thread's borrow is put as if it were a user")
              .on("refcount", "powerpc-hash")
              .over("exec-by-kthread")
              .by(execMmap(PutsBorrow::new))
              .foundBy("I4"),
          Fault.in(EXEC_MMAP, "the old mm is put before the MMU has left it")
              .on("refcount", "powerpc-hash")
              .over("cpu 0: (A1) exec B", "cpu 1: (A2) exit; run C1")
              .by(execMmap(PutsEarly::new))
              .foundBy("I2"),
          Fault.in(EXEC_MMAP, "active_mm stays the old mm")
              .on("refcount", "x86-eager")
              .over("cpu 0: (A1) exec B; idle", "cpu 1: (A2) exit; run C1")
              .by(
                  execMmap(k ->
                      new ExecMmap(k) {
                        @Override
                        public void execMmap(Cpu cpu, Mm mm) {
                          super.execMmap(
                              Bent.withoutWrite(cpu, k.current(cpu).activeMm.cell()), mm);
                        }
                      }))
              .foundBy("I1", "I4", "UAF"));

  private ExecMmapFaults() {}

  /** task_lock does not keep the scheduler out, and interrupts are on after active_mm. */
  private static Cpu preempted(Cpu cpu) {
    return new ForwardingCpu(cpu) {
      @Override
      public void hold(Hold register, KObject object) {
        super.hold(register, object);
        irqEnable(Sites.IRQ_EXEC);
        preemptPoint(ExecMmap.PREEMPT);
        irqDisable(Sites.IRQ_EXEC);
      }
    };
  }

  /** mmput where mmdrop_lazy_tlb belongs. */
  private static final class PutsBorrow extends ExecMmap {
    private final Kernel kernel;

    PutsBorrow(Kernel kernel) {
      super(kernel);
      this.kernel = kernel;
    }

    @Override
    public void execMmap(Cpu cpu, Mm mm) {
      @Nullable Mm oldMm = cpu.read(kernel.current(cpu).mm);
      Mm activeMm = kernel.activeMm(cpu, kernel.current(cpu));
      super.execMmap(Bent.without(cpu, Sites.DROP_EXEC), mm);
      if (oldMm == null) {
        kernel.lifetime().mmput(cpu, activeMm);
      }
    }
  }

  /** mmput(old_mm) right after the store of active_mm. */
  private static final class PutsEarly extends ExecMmap {
    private final Kernel kernel;

    PutsEarly(Kernel kernel) {
      super(kernel);
      this.kernel = kernel;
    }

    @Override
    public void execMmap(Cpu cpu, Mm mm) {
      Mm oldMm = kernel.activeMm(cpu, kernel.current(cpu));
      super.execMmap(
          new ForwardingCpu(cpu) {
            @Override
            public void hold(Hold register, KObject object) {
              super.hold(register, object);
              if (register.equals(Kernel.ACTIVE_MM)) {
                kernel.lifetime().mmput(this.cpu, oldMm);
              }
            }

            @Override
            public long rmw(
                Rmw op, Cell cell, long operand, long expected, Ordering ordering, Site site) {
              return site == Sites.PUT ? 2 : super.rmw(op, cell, operand, expected, ordering, site);
            }
          },
          mm);
    }
  }
}
