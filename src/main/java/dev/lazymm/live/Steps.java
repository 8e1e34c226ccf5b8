package dev.lazymm.live;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one CPU does between operations and while it waits: it may delay, sees whether its round has
 * been given up, and takes IPIs. Owned by its thread, but for what others may ask: how far the CPU
 * is, and where.
 */
final class Steps {
  private final LiveMachine machine;
  private final int id;
  private final Interrupts interrupts;
  private final Jitter jitter;
  private final Pause pause;
  private final long progress; // where others can read how many operations this CPU has begun
  private long operations;
  private String action = "";
  private String step = "";
  private volatile @Nullable Supplier<String> waits;

  Steps(LiveMachine machine, int id, Interrupts interrupts, boolean crowded) {
    this.machine = machine;
    this.id = id;
    this.interrupts = interrupts;
    jitter = new Jitter(crowded);
    pause = new Pause(crowded);
    progress = machine.heap().line();
  }

  /** A new round. */
  void reset() {
    action = "";
    step = "";
  }

  /** The script begins. */
  void begin(long seed) {
    jitter.begin(seed);
  }

  Pause pause() {
    return pause;
  }

  void action(String text) {
    action = text;
    step = "";
  }

  void step(String name) {
    step = name;
  }

  /** {@return a number that grows while the CPU does something}; for any thread */
  long progress() {
    return OffHeap.getOpaque(progress);
  }

  /** {@return where the CPU is, in words}; for any thread */
  String whereabouts() {
    Supplier<String> waiting = waits;
    String at = step.isEmpty() ? action : action.isEmpty() ? step : action + ": " + step;
    return waiting == null
        ? "CPU " + id + " runs" + (at.isEmpty() ? "" : " in " + at)
        : "CPU " + id + " waits " + waiting.get() + (at.isEmpty() ? "" : ", in " + at);
  }

  /** Before each operation. */
  void point() {
    OffHeap.setOpaque(progress, ++operations);
    if (machine.isGivenUp()) {
      throw new Stop();
    }
    jitter.step();
    interrupts.take();
  }

  /** Spins, and takes IPIs if interrupts are on; {@code what} says for what it waits. */
  void waitUntil(BooleanSupplier over, Supplier<String> what) {
    if (over.getAsBoolean()) {
      return;
    }
    waits = what;
    pause.begin();
    do {
      if (machine.isGivenUp()) {
        throw new Stop();
      }
      pause.moment();
      interrupts.take();
      waits = what; // a handler may have waited too
    } while (!over.getAsBoolean());
    waits = null;
  }
}
