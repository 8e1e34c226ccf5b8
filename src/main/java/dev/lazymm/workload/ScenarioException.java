package dev.lazymm.workload;

/** A mistake in the text of a scenario: where, what, and what was expected instead. */
public final class ScenarioException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String file;
  private final int line;
  private final int column;
  private final String text;
  private final String what;
  private final String expected;

  /**
   * @param file what the user calls the text
   * @param line from 1
   * @param column from 1, in characters; one past the end of the line if something is missing there
   * @param text the whole line
   * @param what is wrong
   * @param expected what would have been right
   */
  public ScenarioException(
      String file, int line, int column, String text, String what, String expected) {
    super(render(file, line, column, text, what, expected));
    this.file = file;
    this.line = line;
    this.column = column;
    this.text = text;
    this.what = what;
    this.expected = expected;
  }

  /** {@return what the user calls the text} */
  public String file() {
    return file;
  }

  /** {@return the number of the line, from 1} */
  public int line() {
    return line;
  }

  /** {@return the number of the character in the line, from 1} */
  public int column() {
    return column;
  }

  /** {@return the whole line} */
  public String text() {
    return text;
  }

  /** {@return what is wrong} */
  public String what() {
    return what;
  }

  /** {@return what would have been right} */
  public String expected() {
    return expected;
  }

  private static String render(
      String file, int line, int column, String text, String what, String expected) {
    StringBuilder caret = new StringBuilder();
    for (int i = 0; i < column - 1; i++) {
      caret.append(i < text.length() && text.charAt(i) == '\t' ? '\t' : ' ');
    }
    return String.format(
            "%s:%d:%d: %s%n  %s%n  %s^%nexpected %s",
            file, line, column, what, text, caret, expected)
        .replace("\r\n", "\n");
  }
}
