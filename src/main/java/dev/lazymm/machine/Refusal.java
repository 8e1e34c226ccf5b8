package dev.lazymm.machine;

/**
 * Kernel code that no machine can answer for: it has state outside cells, never ends, or hides from
 * the machine what it does. Whatever a run of it shows would say nothing, so every machine lets
 * this through to whoever started it.
 */
public class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param message what the code does, and where
   */
  public Refusal(String message) {
    super(message);
  }
}
