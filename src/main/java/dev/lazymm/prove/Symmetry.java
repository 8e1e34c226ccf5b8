package dev.lazymm.prove;

import java.util.ArrayList;
import java.util.List;

/**
 * Which of the drafts that differ in the order of their CPUs stands for all, and how many there are
 * of it. The order of the names is {@link Roster}'s doing.
 */
final class Symmetry {
  private final Size size;
  private final List<int[]> orders = new ArrayList<>();

  Symmetry(Size size) {
    this.size = size;
    permute(new int[size.cpus()], 0, 0);
  }

  private void permute(int[] order, int done, int used) {
    if (done == order.length) {
      orders.add(order.clone());
      return;
    }
    for (int cpu = 0; cpu < order.length; cpu++) {
      if ((used & 1 << cpu) == 0) {
        order[done] = cpu;
        permute(order, done + 1, used | 1 << cpu);
      }
    }
  }

  /**
   * {@return in how many orders of its CPUs a draft is the same, from 1; 0 if another stands for
   * it}
   *
   * @param draft one whose busiest CPUs come first
   */
  int own(Draft draft) {
    String own = draft.text();
    int same = 0;
    for (int[] order : orders) {
      if (keepsCosts(draft, order)) {
        int compared = draft.permuted(order).text().compareTo(own);
        if (compared < 0) {
          return 0;
        }
        same += compared == 0 ? 1 : 0;
      }
    }
    return same;
  }

  /**
   * {@return how many scenarios a draft stands for: those that one gets by giving the CPUs, the
   * tasks and the mms of the size, and the user cells, as names of their own}
   *
   * @param own in how many orders of its CPUs it is the same
   */
  long weight(Draft draft, int own) {
    Roster roster = draft.roster();
    long cpus = orders.size() / own;
    long tasks = ways(size.tasks(), roster.tasks() + draft.sleepers().size());
    long cells = ways(Roster.MAX_CELLS, roster.cells());
    return Math.multiplyExact(
        Math.multiplyExact(cpus, tasks), Math.multiplyExact(ways(size.mms(), roster.mms()), cells));
  }

  private static boolean keepsCosts(Draft draft, int[] order) {
    for (int i = 0; i < order.length; i++) {
      if (draft.lines().get(i).cost() != draft.lines().get(order[i]).cost()) {
        return false;
      }
    }
    return true;
  }

  /** {@return in how many ways {@code k} of {@code n} names can be given, in order} */
  private static long ways(int n, int k) {
    long product = 1;
    for (int i = 0; i < k; i++) {
      product = Math.multiplyExact(product, n - i);
    }
    return product;
  }
}
