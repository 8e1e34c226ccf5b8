package dev.lazymm.check.faults;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Lock;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Rmw;
import dev.lazymm.machine.Site;

/**
 * CPUs on which one operation goes wrong. A fault hands one to the unbroken method: what is broken
 * is then one line, and the rest stays the kernel's own code.
 */
final class Bent {
  private Bent() {}

  /** The operation at {@code gone} is missing; a counter there is not the last reference. */
  static Cpu without(Cpu cpu, Site gone) {
    return new ForwardingCpu(cpu) {
      @Override
      public long rmw(
          Rmw op, Cell cell, long operand, long expected, Ordering ordering, Site site) {
        return site == gone ? 2 : super.rmw(op, cell, operand, expected, ordering, site);
      }

      @Override
      public void onEachCpu(long[] cpus, Ipi ipi, KObject info, boolean wait, Site site) {
        if (site != gone) {
          super.onEachCpu(cpus, ipi, info, wait, site);
        }
      }

      @Override
      public void flushTlbLocal(Site site) {
        if (site != gone) {
          super.flushTlbLocal(site);
        }
      }

      @Override
      public void flushTlbRange(KObject range, Site site) {
        if (site != gone) {
          super.flushTlbRange(range, site);
        }
      }

      @Override
      public void loadRoot(KObject root, Site site) {
        if (site != gone) {
          super.loadRoot(root, site);
        }
      }

      @Override
      public void loadRoot(KObject root, int tag, boolean flush, Site site) {
        if (site != gone) {
          super.loadRoot(root, tag, flush, site);
        }
      }

      @Override
      public void unlock(Lock lock, Site site) {
        if (site != gone) {
          super.unlock(lock, site);
        }
      }
    };
  }

  /** Plain stores to {@code gone} are missing. */
  static Cpu withoutWrite(Cpu cpu, Cell gone) {
    return new ForwardingCpu(cpu) {
      @Override
      public void write(Cell cell, long value) {
        if (cell != gone) {
          super.write(cell, value);
        }
      }
    };
  }

  /** {@code gone} is not freed. */
  static Cpu withoutFree(Cpu cpu, KObject gone) {
    return new ForwardingCpu(cpu) {
      @Override
      public void free(KObject object) {
        if (object != gone) {
          super.free(object);
        }
      }
    };
  }

  /** IPIs are sent but not waited for. */
  static Cpu withoutWaiting(Cpu cpu) {
    return new ForwardingCpu(cpu) {
      @Override
      public void onEachCpu(long[] cpus, Ipi ipi, KObject info, boolean wait, Site site) {
        super.onEachCpu(cpus, ipi, info, false, site);
      }
    };
  }

  /** Page-table pages are freed when they are unlinked, before the flush. */
  static Cpu freeingEarly(Cpu cpu) {
    return new ForwardingCpu(cpu) {
      @Override
      public void unlink(KObject table) {
        super.unlink(table);
        super.free(table);
      }

      @Override
      public void free(KObject object) {
        if (!object.cells().isEmpty() || !object.type().equals("page table")) {
          super.free(object);
        }
      }
    };
  }
}
