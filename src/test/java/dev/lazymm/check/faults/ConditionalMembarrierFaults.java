package dev.lazymm.check.faults;

import static dev.lazymm.check.faults.Variant.arch;
import static dev.lazymm.check.faults.Variant.membarrier;

import dev.lazymm.kernel.Arch;
import dev.lazymm.kernel.ConditionalMembarrier;
import dev.lazymm.kernel.Membarrier;
import dev.lazymm.kernel.MembarrierDesign;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.PowerpcHash;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Site;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** membarrier with the conditional barrier, broken; and the hooks that are empty as merged. */
final class ConditionalMembarrierFaults {
  private static final String[] SYNC_CORE = {
    "start: A register-private-expedited-sync-core",
    "cpu 0: (A1) membarrier private-expedited-sync-core",
    "cpu 1: (A2)"
  };

  static final List<Fault> ALL =
      List.of(
          in("membarrier_finish_switch_mm", "finishSwitchMm", "does nothing")
              .on("shootdown+conditional", "powerpc-hash")
              .under("power")
              .over("membarrier-c1-in")
              .by(
                  membarrier(k ->
                      new ConditionalMembarrier(k) {
                        @Override
                        public void finishSwitchMm(Cpu cpu, Mm next) {}
                      }))
              .foundBy("never"),
          in("membarrier_arch_switch_mm", "archSwitchMm", "ends what the rq knows of the state")
              .on("refcount+conditional", "powerpc-hash")
              .over("start: A register-global-expedited", "cpu 0: (A1) run B1; run A1")
              .by(
                  membarrier(k ->
                      new ConditionalMembarrier(k) {
                        @Override
                        public void archSwitchMm(Cpu cpu, Mm next) {
                          cpu.writeOnce(k.rq(cpu).membarrierState, 0);
                        }
                      }))
              .foundBy("I9"),
          in("tsk->mm = mm", "storeMm", "is a plain store, as merged")
              .on("refcount+conditional", "powerpc-hash")
              .under("lkmm")
              .over("membarrier-d")
              .by(
                  membarrier(k ->
                      new ConditionalMembarrier(k) {
                        @Override
                        public void storeMm(Cpu cpu, Task tsk, @Nullable Mm mm) {
                          cpu.write(tsk.mm, mm);
                        }
                      }))
              .foundBy("never"),
          in("kthread_use_mm (before)", "beforeMmChange", "pins the borrowed mm")
              .on("refcount+conditional", "x86-eager")
              .over("use-unuse-exit")
              .by(
                  membarrier(k ->
                      new ConditionalMembarrier(k) {
                        @Override
                        public void beforeMmChange(Cpu cpu) {
                          k.lifetime().mmgrab(cpu, k.activeMm(cpu, k.current(cpu)));
                        }
                      }))
              .foundBy("I4"),
          in("sync_core_if_membarrier_enabled", "unlazied", "does nothing")
              .on("refcount+conditional", "x86-eager")
              .over("membarrier-sync-core-lazy")
              .by(
                  membarrier(k ->
                      new ConditionalMembarrier(k) {
                        @Override
                        public void unlazied(Cpu cpu, Mm mm) {}
                      }))
              .foundBy("I9"),
          in(
                  "membarrier_mm_sync_core_before_usermode",
                  "mmSyncCoreBeforeUsermode",
                  "gives the borrow back, which is given back after it")
              .on("refcount+conditional", "x86-eager")
              .over("switch-kernel-user-same")
              .by(
                  membarrier(k ->
                      new ConditionalMembarrier(k) {
                        @Override
                        public void mmSyncCoreBeforeUsermode(Cpu cpu, Mm mm) {
                          k.lifetime().mmdrop(cpu, mm);
                        }
                      }))
              .foundBy("I4"),
          merged("membarrier_finish_switch_mm", "finishSwitchMm", "pins the mm")
              .over("switch-kernel-user-same")
              .by(
                  membarrier(k ->
                      new Membarrier(k) {
                        @Override
                        public void finishSwitchMm(Cpu cpu, Mm next) {
                          k.lifetime().mmgrab(cpu, next);
                        }
                      }))
              .foundBy("I4"),
          merged("tsk->mm = mm", "storeMm", "stores nothing")
              .over("exec-last-user")
              .by(
                  membarrier(k ->
                      new Membarrier(k) {
                        @Override
                        public void storeMm(Cpu cpu, Task tsk, @Nullable Mm mm) {}
                      }))
              .foundBy("I4"),
          merged("kthread_use_mm (before)", "beforeMmChange", "pins the borrowed mm")
              .over("use-unuse-exit")
              .by(
                  membarrier(k ->
                      new Membarrier(k) {
                        @Override
                        public void beforeMmChange(Cpu cpu) {
                          k.lifetime().mmgrab(cpu, k.activeMm(cpu, k.current(cpu)));
                        }
                      }))
              .foundBy("I4"),
          merged("sync_core_if_membarrier_enabled", "unlazied", "pins the mm")
              .over("switch-kernel-user-same")
              .by(
                  membarrier(k ->
                      new Membarrier(k) {
                        @Override
                        public void unlazied(Cpu cpu, Mm mm) {
                          k.lifetime().mmgrab(cpu, mm);
                        }
                      }))
              .foundBy("I4"),
          inArch("prepare_sync_core_cmd", "prepareSyncCoreCmd", "pins the mm")
              .by(
                  arch(k ->
                      new PowerpcHash(k) {
                        @Override
                        public void prepareSyncCoreCmd(Cpu cpu, Mm mm) {
                          k.lifetime().mmgrab(cpu, mm);
                        }
                      })),
          inArch("sync_core_before_usermode", "syncCoreBeforeUsermode", "pins the mm")
              .by(
                  arch(k ->
                      new PowerpcHash(k) {
                        @Override
                        public void syncCoreBeforeUsermode(Cpu cpu, Site site) {
                          k.lifetime().mmgrab(cpu, k.activeMm(cpu, k.current(cpu)));
                        }
                      })),
          inArch("ARCH_HAS_MEMBARRIER_SYNC_CORE", "hasMembarrierSyncCore", "is not set")
              .over("membarrier-sync-core")
              .by(
                  arch(k ->
                      new PowerpcHash(k) {
                        @Override
                        public boolean hasMembarrierSyncCore() {
                          return false;
                        }
                      }))
              .foundBy("always"));

  private ConditionalMembarrierFaults() {}

  private static Fault in(String kernelName, String javaName, String broken) {
    return Fault.in(new KernelMethod(kernelName, ConditionalMembarrier.class, javaName), broken);
  }

  private static Fault merged(String kernelName, String javaName, String broken) {
    return Fault.in(new KernelMethod(kernelName, MembarrierDesign.class, javaName), broken)
        .on("refcount", "x86-eager");
  }

  private static Fault inArch(String kernelName, String javaName, String broken) {
    return Fault.in(new KernelMethod(kernelName, Arch.class, javaName), broken)
        .on("refcount", "powerpc-hash")
        .over(SYNC_CORE)
        .foundBy("I4");
  }
}
