package dev.lazymm.prove;

/**
 * How large a scenario may be.
 *
 * @param cpus how many CPUs there are, 1 to 8; one on which nothing happens stands for one less
 * @param tasks how many tasks and kernel threads there may be in all, born ones included, 1 to 16
 * @param mms how many mms there may be in all, those that fork and exec make included, 1 to 16
 * @param actions how many actions there may be over all CPUs, from 0
 */
public record Size(int cpus, int tasks, int mms, int actions) {
  /** The most CPUs: symmetric scenarios are found by trying every order of them. */
  public static final int MAX_CPUS = 8;

  /** The most tasks, and the most mms: there are only so many letters. */
  public static final int MAX_NAMES = 16;

  public Size {
    require("cpus", cpus, 1, MAX_CPUS);
    require("tasks", tasks, 1, MAX_NAMES);
    require("mms", mms, 1, MAX_NAMES);
    require("actions", actions, 0, 100);
  }

  private static void require(String what, int n, int least, int most) {
    if (n < least || n > most) {
      throw new IllegalArgumentException(
          "%s is %d; expected %d to %d".formatted(what, n, least, most));
    }
  }
}
