package dev.lazymm.cost;

/** A machine file that makes no sense; the message says where and what was expected. */
public final class MachineFormatException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param line the line, from 1
   * @param column the column, from 1
   */
  MachineFormatException(
      String file, String text, int line, int column, String what, String expected) {
    super(message(file, text, line, column, what, expected));
  }

  private static String message(
      String file, String text, int line, int column, String what, String expected) {
    String shown = text.lines().skip(Math.max(0, line - 1)).findFirst().orElse("");
    StringBuilder caret = new StringBuilder();
    for (int i = 0; i < column - 1; i++) {
      caret.append(i < shown.length() && shown.charAt(i) == '\t' ? '\t' : ' ');
    }
    return "%s:%d:%d: %s%n  %s%n  %s^%n  expected %s"
        .formatted(file, line, column, what, shown, caret, expected);
  }
}
