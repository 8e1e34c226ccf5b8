package dev.lazymm.design;

/**
 * The code of a design has thrown an exception of its own. Where a checker runs it this is a
 * finding, as an oops is of the kernel; elsewhere the design cannot be used.
 */
public final class DesignFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param place file and line
   * @param e what was thrown there
   */
  DesignFailure(String place, Throwable e) {
    super("%s: %s".formatted(place, describe(e)), e);
  }

  private static String describe(Throwable e) {
    String name = e.getClass().getSimpleName();
    return e.getMessage() == null ? name : name + ": " + e.getMessage();
  }
}
