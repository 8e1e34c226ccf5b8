package dev.lazymm.count;

import dev.lazymm.kernel.MembarrierState;
import dev.lazymm.kernel.Mm;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioParser;
import dev.lazymm.workload.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Something that CPU 0 does and that is counted, in the middle of a run that warms up before it and
 * shows after it which cells other CPUs look at.
 *
 * @param name what commands call it: {@code trip}
 * @param title one line
 * @param scenario what the CPUs do in all
 * @param order which CPU does its next action, one after the other; all of them
 * @param from the first action of the order that is counted
 * @param to the action after the last
 */
public record Episode(
    String name, String title, Scenario scenario, List<Integer> order, int from, int to) {
  /** Those that are counted unless others are named. */
  public static final List<Episode> USUAL =
      List.of(trip(), detour(), switchMm(), switchThread(), use(), child(), exit(3, 2));

  /** No episode has more than 200 CPUs. */
  private static final Pattern EXIT = Pattern.compile("exit-(\\d{1,2})-(\\d{1,2})");

  /** What membarrier_state is in a process that has registered. */
  private static final long REGISTERED =
      MembarrierState.PRIVATE_EXPEDITED.set() | MembarrierState.PRIVATE_EXPEDITED.ready();

  public Episode {
    order = List.copyOf(order);
  }

  /** {@return user, idle, the same user, on one CPU of two that the process runs on} */
  public static Episode trip() {
    return of(
        "trip",
        "a thread goes idle and comes back",
        """
        cpu 0: (A1) idle; run A1; idle; run A1; mprotect; exit
        cpu 1: (A2) idle; run A2; mprotect; exit
        """,
        List.of(0, 0, 1, 1, 0, 0, 0, 1, 0, 1),
        4,
        6);
  }

  /** {@return user, idle, a user of another process, on one CPU} */
  public static Episode detour() {
    return of(
        "detour",
        "a thread goes idle and another process comes",
        """
        cpu 0: (A1) idle; run B1; idle; run A1; idle; run B1; exit; run A1; mprotect; exit
        cpu 1: (A2) idle; run A2; mprotect; exit
        """,
        List.of(0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 1),
        6,
        8);
  }

  /** {@return user to user of another process, on one CPU} */
  public static Episode switchMm() {
    return of(
        "switch",
        "one process follows another",
        """
        cpu 0: (A1) run B1; run A1; run B1; exit; run A1; mprotect; exit
        cpu 1: (A2) idle; run A2; mprotect; exit
        """,
        List.of(0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 1),
        4,
        5);
  }

  /** {@return user to user of the same process, on one CPU} */
  public static Episode switchThread() {
    return of(
        "thread",
        "one thread follows another of its process",
        """
        cpu 0: (A1) run A3; run A1; run A3; exit; run A1; mprotect; exit
        cpu 1: (A2) idle; run A2; mprotect; exit
        """,
        List.of(0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 1),
        4,
        5);
  }

  /** {@return a kernel thread uses an mm that it does not borrow, and goes on without} */
  public static Episode use() {
    return of(
        "use",
        "a kernel thread uses another process's mm and stops again",
        """
        start: cpu 0 pins B
        cpu 0: (k1) use B; unuse; run A1; run k1; use B; unuse; run A1; unpin B; mprotect; exit
        cpu 1: (B1) idle; run B1; mprotect; exit
        cpu 2: (A2)
        """,
        List.of(0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0),
        6,
        8);
  }

  /** {@return a short-lived child: fork, exec, exit, on one CPU} */
  public static Episode child() {
    return of(
        "child",
        "a child is forked, runs a program and exits",
        """
        cpu 0: (A1) fork B1; run B1; exec C; exit; run A1; exit
        cpu 1: (A2) idle; run A2; exit
        """,
        List.of(1, 1, 0, 0, 0, 0, 0, 0, 1),
        2,
        6);
  }

  /**
   * {@return the exit of a process with a thread on each CPU, the others gone before}
   *
   * @param lazy on how many other CPUs nothing has run since, so that they borrow the mm
   * @param movedOn on how many other CPUs another process runs by now
   */
  public static Episode exit(int lazy, int movedOn) {
    StringBuilder lines = new StringBuilder("cpu 0: (A1) exit\n");
    List<Integer> order = new ArrayList<>();
    for (int i = 1; i <= lazy + movedOn; i++) {
      lines.append("cpu %d: (A%d) exit".formatted(i, i + 1));
      order.add(i);
      if (i > lazy) {
        lines.append("; run B%d".formatted(i));
        order.add(i);
      }
      lines.append('\n');
    }
    order.add(0);
    return of(
        "exit-%d-%d".formatted(lazy, movedOn),
        "the last of %d threads exits: %d of the other CPUs idle, %d run another process"
            .formatted(lazy + movedOn + 1, lazy, movedOn),
        lines.toString(),
        order,
        order.size() - 1,
        order.size());
  }

  private static Episode of(
      String name, String title, String lines, List<Integer> order, int from, int to) {
    String text = "scenario %s: %s\n%s".formatted(name, title, lines);
    Scenario scenario = ScenarioParser.parse(name, text).getFirst();
    return new Episode(name, title, scenario, order, from, to);
  }

  /**
   * {@return what CPU 0 does}
   *
   * @param registered whether the processes are registered for PRIVATE_EXPEDITED
   */
  public Count count(KernelFactory kernel, boolean registered) {
    Meter meter = new Meter();
    Sequence run = Sequence.begin(scenario, kernel, meter);
    if (registered) {
      for (Mm mm : run.prepared().startMms()) {
        run.cpu(0).writeOnce(mm.membarrierState, REGISTERED);
      }
    }
    IntStream.range(0, order.size())
        .forEach(i -> {
          if (i == from) {
            meter.on(0);
          }
          if (i == to) {
            meter.off();
          }
          run.step(order.get(i));
        });
    meter.off();
    if (!run.isDone()) {
      throw new IllegalStateException(name + " is not done after its order");
    }
    return meter.count(0);
  }

  /**
   * {@return the episode of that name; {@code exit-3-2} is {@link #exit} with 3 lazy CPUs and 2
   * that have moved on}
   */
  public static Optional<Episode> find(String name) {
    Matcher exit = EXIT.matcher(name);
    return exit.matches()
        ? Optional.of(exit(Integer.parseInt(exit.group(1)), Integer.parseInt(exit.group(2))))
        : USUAL.stream().filter(e -> e.name().equals(name)).findFirst();
  }
}
