package dev.lazymm.check;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Site;
import org.jspecify.annotations.Nullable;

/** Is told what a CPU does when its script is run once more, to draw it. */
interface Recorder {
  /** The next operation; {@code event} is its event, NONE for a private access. */
  void operation(
      int event, String what, @Nullable Cell cell, long old, long value, @Nullable Site site);

  /** The kernel function has changed. */
  void step(String name);

  /** The script's action has changed. */
  void action(String text);
}
