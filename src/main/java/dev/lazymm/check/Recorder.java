package dev.lazymm.check;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Refusal;
import dev.lazymm.machine.Site;
import org.jspecify.annotations.Nullable;

/** Is told what a CPU does when its script is run once more, to draw it. */
interface Recorder {
  /** Is told what a CPU does in a finished graph, as far as it goes, or until the code fails. */
  default void hear(Explorer explorer, int t, Graph g) {
    CheckCpu cpu = explorer.cpu(t);
    cpu.record(this);
    try {
      explorer.replay(t, g);
    } catch (Refusal | Footprint.Restart e) {
      throw e;
    } catch (RuntimeException e) {
      // what led to it has been told
    } finally {
      cpu.record(null);
    }
  }

  /** The next operation; {@code event} is its event, NONE for a private access. */
  void operation(
      int event, String what, @Nullable Cell cell, long old, long value, @Nullable Site site);

  /**
   * The code has a fence, also if that counts for nothing here.
   *
   * @param event its event, NONE if it makes none
   * @param index the po-index that it has, or would have
   */
  default void fence(int event, int index, int op, Site site) {}

  /** What the operation that is told of next is to order, also if it does not here. */
  default void ordering(Ordering ordering) {}

  /** The kernel function has changed. */
  void step(String name);

  /** The script's action has changed. */
  void action(String text);
}
