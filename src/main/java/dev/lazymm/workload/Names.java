package dev.lazymm.workload;

import java.util.regex.Pattern;

/**
 * The spelling of names in scenarios. A user task is a capital letter and a number: the letter is
 * that of the mm it is born with, and it keeps the name when it execs.
 */
final class Names {
  private static final Pattern USER_TASK = Pattern.compile("[A-Z][0-9]{1,4}");
  private static final Pattern KERNEL_THREAD = Pattern.compile("k[0-9]{1,4}");
  private static final Pattern MM = Pattern.compile("[A-Z]");
  private static final Pattern CELL = Pattern.compile("[a-z]");
  private static final Pattern SCENARIO = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final Pattern POINT = Pattern.compile("[a-z_][a-z0-9_]*");

  private Names() {}

  static boolean isUserTask(String name) {
    return USER_TASK.matcher(name).matches();
  }

  static boolean isKernelThread(String name) {
    return KERNEL_THREAD.matcher(name).matches();
  }

  static boolean isTask(String name) {
    return isUserTask(name) || isKernelThread(name);
  }

  static boolean isMm(String name) {
    return MM.matcher(name).matches();
  }

  static boolean isCell(String name) {
    return CELL.matcher(name).matches();
  }

  static boolean isScenario(String name) {
    return SCENARIO.matcher(name).matches();
  }

  static boolean isPoint(String name) {
    return POINT.matcher(name).matches();
  }

  /** {@return the letter of the mm that a user task is born with} */
  static String mmOf(String userTask) {
    return userTask.substring(0, 1);
  }

  static String require(boolean good, String name, String what) {
    if (!good) {
      throw new IllegalArgumentException("\"" + name + "\" does not name " + what);
    }
    return name;
  }
}
