package dev.lazymm.isa;

/** An instruction is not as it should be, or none that is known. */
public final class IsaException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Line.Place place;

  /**
   * @param place where in the text
   * @param problem what is wrong, and what was expected
   */
  public IsaException(Line.Place place, String problem) {
    super(problem);
    this.place = place;
  }

  /** {@return where in the text} */
  public Line.Place place() {
    return place;
  }
}
