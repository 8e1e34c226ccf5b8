package dev.lazymm.litmus;

/** A litmus test is as it should be, but there are no instructions for something in it. */
public final class NotMappedException extends LitmusException {
  private static final long serialVersionUID = 1;

  private final String what;

  /**
   * That something has no instructions.
   *
   * @param at what is told of it, and where
   * @param what what it is, in a word or two, the same in each test: {@code rcu_read_lock()}
   */
  public NotMappedException(LitmusException at, String what) {
    super(at);
    this.what = what;
  }

  /** {@return what has no instructions} */
  public String what() {
    return what;
  }
}
