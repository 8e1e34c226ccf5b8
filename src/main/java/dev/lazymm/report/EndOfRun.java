package dev.lazymm.report;

import dev.lazymm.cost.MachineModel;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Ref;
import dev.lazymm.workload.FinalState;
import dev.lazymm.workload.Prepared;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a run ended, by the names of its scenario. */
final class EndOfRun {
  /**
   * One CPU.
   *
   * @param current the task that runs
   * @param activeMm what it has as active_mm
   * @param root what the MMU translates through
   */
  record OfCpu(int cpu, String current, String mm, String activeMm, String root) {}

  /**
   * One mm of the scenario; null counters if it was freed, or its slot is another mm's by now.
   *
   * @param state alive, freed, or not made
   */
  record OfMm(String mm, String state, @Nullable Long count, @Nullable Long users) {}

  private EndOfRun() {}

  /** {@return the first CPUs, at most so many} */
  static List<OfCpu> cpus(Prepared prepared, FinalState state, int most) {
    Kernel kernel = prepared.kernel();
    List<OfCpu> cpus = new ArrayList<>();
    for (int cpu = 0; cpu < Math.min(most, prepared.memory().cpus()); cpu++) {
      Task current = pointer(kernel.cpuRq(cpu).curr, state);
      Mm mm = current == null ? null : pointer(current.mm, state);
      Mm active = current == null ? null : pointer(current.activeMm, state);
      cpus.add(new OfCpu(cpu, name(current), name(mm), name(active), name(state.root(cpu))));
    }
    return cpus;
  }

  /** {@return the mms of the scenario} */
  static List<OfMm> mms(Prepared prepared, FinalState state) {
    List<String> letters = new ArrayList<>(prepared.outline().startMms());
    letters.addAll(prepared.outline().madeMms());
    List<OfMm> mms = new ArrayList<>();
    for (String letter : letters) {
      Mm mm = prepared.mm(letter, state).orElse(null);
      if (mm == null) {
        mms.add(new OfMm(letter, "not made", null, null));
      } else if (state.freed(mm) || isLater(prepared, state, letters, letter, mm)) {
        mms.add(new OfMm(letter, "freed", null, null));
      } else {
        mms.add(new OfMm(letter, "alive", state.value(mm.mmCount), state.value(mm.mmUsers)));
      }
    }
    return mms;
  }

  private static boolean isLater(
      Prepared prepared, FinalState state, List<String> letters, String letter, Mm slot) {
    return letters.subList(letters.indexOf(letter) + 1, letters.size()).stream()
        .anyMatch(later -> prepared.mm(later, state).filter(mm -> mm == slot).isPresent());
  }

  /** {@return one line on the machine} */
  static String machine(MachineModel machine) {
    return "%s; %d x %d CPUs"
        .formatted(
            machine.name(), machine.topology().sockets(), machine.topology().cpusPerSocket());
  }

  private static String name(@Nullable KObject object) {
    return object == null ? "NULL" : object.name();
  }

  private static <T extends KObject> @Nullable T pointer(Ref<T> ref, FinalState state) {
    return ref.resolve(state.value(ref.cell()));
  }
}
