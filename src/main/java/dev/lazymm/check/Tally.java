package dev.lazymm.check;

import java.util.List;

/** What is to be known of the graphs of some part of an exploration. Owned by one worker. */
interface Tally extends Explorer.Listener {
  /** {@return a tally of nothing} */
  Tally fresh();

  /** Adds what comes after, in the order of one explorer. */
  void append(Tally later);

  /**
   * {@return how many graphs the explorer had counted when something was first found; negative if
   * nothing was}
   */
  long foundAt();

  /** {@return this as lines, for {@link #load}} */
  List<String> save();

  /** Becomes what was saved. */
  void load(List<String> lines);

  @Override
  default void restarted() {}

  /** Keeps nothing. */
  final class Silent implements Tally {
    @Override
    public Tally fresh() {
      return new Silent();
    }

    @Override
    public void append(Tally later) {}

    @Override
    public long foundAt() {
      return -1;
    }

    @Override
    public List<String> save() {
      return List.of();
    }

    @Override
    public void load(List<String> lines) {}

    @Override
    public boolean complete(Explorer explorer, Graph graph) {
      return true;
    }

    @Override
    public boolean failed(Explorer explorer, Graph graph, int cpu, RuntimeException failure) {
      throw failure;
    }
  }
}
