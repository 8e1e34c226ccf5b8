package dev.lazymm.replay;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Task;
import dev.lazymm.trace.FtraceTextReader;
import dev.lazymm.workload.KernelState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The state in which the kernel that a recording drives is at its end. */
public final class ReplayedState {
  private static final int A1 = 100;

  private ReplayedState() {}

  /** {@return what is left of process A, whose one thread idles, returns and exits} */
  public static KernelState idleReturnExit(Designs.Entry design, Arches.Entry arch) {
    Recording recording =
        new Recording(1).user(A1).sw(0, A1, "S", 0).sw(0, 0, "R", A1).exit(0, A1).sw(0, A1, "Z", 0);
    return of(recording, design, arch);
  }

  /** {@return what is left of process A, whose thread idles on CPU 1 and exits on CPU 0} */
  public static KernelState idleThereExitHere(Designs.Entry design, Arches.Entry arch) {
    Recording recording =
        new Recording(2).user(A1).sw(1, A1, "S", 0).sw(0, 0, "R", A1).exit(0, A1).sw(0, A1, "Z", 0);
    return of(recording, design, arch);
  }

  private static KernelState of(Recording recording, Designs.Entry design, Arches.Entry arch) {
    Replayer.Options options = new Replayer.Options(List.of(design), List.of(arch), null, null);
    try {
      Replayer replayer = new Replayer(options, recording.taskList());
      FtraceTextReader.read(
          Recording.stream(recording.text()),
          "by hand",
          FtraceTextReader.CpuNumbers.BELOW_COUNT,
          replayer);
      replayer.report(); // lets go of what is held back
      Model model = replayer.models().getFirst();
      Kernel kernel = model.kernel();
      int cpus = kernel.memory().cpus();
      // the first of each that was made; nothing is made later
      Map<String, Mm> mms = Map.of("A", kernel.mms().slot(cpus, 0, "mm"));
      Map<String, Task> tasks = Map.of("A1", kernel.tasks().slot(cpus, 0, "task"));
      return KernelState.of(kernel, model.state(), mms, tasks);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
